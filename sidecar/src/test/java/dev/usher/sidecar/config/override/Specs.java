package dev.usher.sidecar.config.override;

import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.JsonDocuments;
import dev.usher.sidecar.config.SpecReader;
import dev.usher.sidecar.director.spec.DirectorSpec;

/** Directors as tests write them. */
final class Specs {
  private static final String BACKEND = "'$1':{'url':'http://10.0.0.1','capacity':$2}";
  private static final String BUCKET = "'$1':{'rate':'$2%'}";
  private static final String PARENT = "'$1':{'rate':'$2%','buckets':{";

  private Specs() {}

  /**
   * JSON without the braces around it and with ' in place of "; {@code b1:5} is a backend of that
   * capacity, {@code x:10%} a bucket of that rate, {@code x:10%(y:5%)} one with another below it.
   */
  static DirectorSpec spec(String members) {
    String json =
        ("{" + members + "}")
            .replaceAll("\\b(b[0-9]):([0-9]+)", BACKEND)
            .replaceAll("\\b([a-z]):([0-9]+)%\\(", PARENT)
            .replace(")", "}}")
            .replaceAll("\\b([a-z]):([0-9]+)%", BUCKET)
            .replace('\'', '"');
    try {
      return SpecReader.director("app", JsonDocuments.parse(json));
    } catch (InvalidConfiguration e) {
      throw new AssertionError(json, e);
    }
  }
}
