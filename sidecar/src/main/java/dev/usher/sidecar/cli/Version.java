package dev.usher.sidecar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What the build wrote down about itself, and the JVM it runs on. */
public final class Version implements IVersionProvider {
  private static final String RESOURCE = "version.properties";

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "usher " + number(),
      "JVM %s (%s %s)"
          .formatted(
              Runtime.version(),
              System.getProperty("java.vm.name"),
              System.getProperty("java.vendor"))
    };
  }

  private static String number() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the jar lacks " + RESOURCE);
      }
      properties.load(in);
    }
    return properties.getProperty("version", "unknown");
  }
}
