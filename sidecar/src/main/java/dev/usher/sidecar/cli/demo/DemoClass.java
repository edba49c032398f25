package dev.usher.sidecar.cli.demo;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The classes of requests that the demo sends. */
enum DemoClass {
  VIP("5%", "20%", 32),
  UPLOAD("5%", "10%", 25),
  BACKEND("1t", "10t", 28),
  JAIL("1t", "5t", 21),
  /** Requests without a tag: they live on what the root has not promised to the others. */
  UNTAGGED("", "", 130);

  private final String rate;
  private final String ceil;
  private final int clients;

  DemoClass(String rate, String ceil, int clients) {
    this.rate = rate;
    this.ceil = ceil;
    this.clients = clients;
  }

  /** Clients when it is busy: more than it may hold tokens. */
  int clients() {
    return clients;
  }

  boolean tagged() {
    return this != UNTAGGED;
  }

  String label() {
    return this == VIP ? name() : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  String bucket() {
    return tagged() ? label() : BucketName.ROOT;
  }

  static List<BucketSpec> buckets() {
    return Arrays.stream(values())
        .filter(DemoClass::tagged)
        .map(each -> BucketSpec.of(each.bucket(), each.rate, each.ceil))
        .toList();
  }
}
