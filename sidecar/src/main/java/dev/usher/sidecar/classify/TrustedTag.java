package dev.usher.sidecar.classify;

import dev.usher.bucket.BucketName;
import dev.usher.bucket.TagHeader;
import dev.usher.sidecar.config.Cidr;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tag of a request, if its peer may set one. [io] */
final class TrustedTag {
  private static final HttpString FIELD = new HttpString(TagHeader.NAME);

  private final Cidr[] trusted;

  TrustedTag(List<Cidr> trusted) {
    this.trusted = trusted.toArray(Cidr[]::new);
  }

  /**
   * The bucket's name; null is the root. What can be no bucket's name (bad letters, several tags)
   * comes as a name that no bucket has, so that the director counts it as unknown.
   */
  @Nullable String bucket(HttpServerExchange exchange) {
    HeaderValues values = exchange.getRequestHeaders().get(FIELD);
    if (values == null || values.isEmpty() || !isTrusted(exchange.getSourceAddress())) {
      return null;
    }
    if (values.size() > 1) {
      return Names.impossible(String.join(",", values));
    }
    String tag = values.getFirst();
    if (BucketName.isValid(tag)) {
      return tag.equals(BucketName.ROOT) ? null : tag;
    }
    return Names.impossible(tag);
  }

  private boolean isTrusted(@Nullable InetSocketAddress peer) {
    InetAddress address = peer == null ? null : peer.getAddress();
    if (address != null) {
      for (Cidr block : trusted) {
        if (block.contains(address)) {
          return true;
        }
      }
    }
    return false;
  }
}
