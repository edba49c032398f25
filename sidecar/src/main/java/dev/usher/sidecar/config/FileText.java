package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of a file that is to be YAML. Trouble with reading is a problem of the configuration.
 *
 * @param name what messages call it
 * @param maxBytes a multiple of a MiB
 */
record FileText(String name, int maxBytes) {

  /** Blocks. */
  String of(Path file) throws InvalidConfiguration {
    if (Files.isDirectory(file)) {
      throw unreadable("a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    } catch (NoSuchFileException e) {
      throw unreadable("no such file");
    } catch (AccessDeniedException e) {
      throw unreadable("a file that may not be read");
    } catch (IOException e) {
      throw unreadable("the error " + e);
    }
  }

  /** Blocks; does not close. */
  String of(InputStream in) throws InvalidConfiguration {
    try {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw unreadable("a longer one");
      }
      return Utf8.decode(name, bytes);
    } catch (IOException e) {
      throw unreadable("the error " + e);
    }
  }

  private InvalidConfiguration unreadable(String got) {
    String wanted = "a readable YAML file of at most %dMiB".formatted(maxBytes >> 20);
    return InvalidConfiguration.of(name, Fault.of(Place.UNKNOWN, "", wanted, got));
  }
}
