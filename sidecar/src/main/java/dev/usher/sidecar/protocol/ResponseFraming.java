package dev.usher.sidecar.protocol;

import io.undertow.client.ClientResponse;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import org.jspecify.annotations.Nullable;

/** Whether a response's length can be read in one way only (RFC 9112 section 6.3). */
final class ResponseFraming {
  /** Longest Content-Length in digits; longer ones would not fit a long. */
  private static final int MAX_DIGITS = 18;

  private ResponseFraming() {}

  /** What is wrong, null if nothing is. */
  static @Nullable String fault(ClientResponse response) {
    HeaderMap headers = response.getResponseHeaders();
    HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
    HeaderValues codings = headers.get(Headers.TRANSFER_ENCODING);
    if (codings != null) {
      if (lengths != null) {
        return "the response has both Content-Length and Transfer-Encoding";
      }
      if (!response.getProtocol().equals(Protocols.HTTP_1_1)) {
        return "the response has a Transfer-Encoding, but is not HTTP/1.1";
      }
      if (codings.size() != 1 || !"chunked".equalsIgnoreCase(codings.getFirst())) {
        return "the response's Transfer-Encoding is not chunked alone";
      }
    }
    return lengths == null ? null : lengthFault(lengths);
  }

  private static @Nullable String lengthFault(HeaderValues lengths) {
    String first = lengths.getFirst();
    for (String length : lengths) {
      if (!length.equals(first)) {
        return "the response has two different Content-Length";
      }
    }
    if (first.isEmpty() || first.length() > MAX_DIGITS) {
      return "the response's Content-Length is out of range";
    }
    for (int i = 0; i < first.length(); i++) {
      if (first.charAt(i) < '0' || first.charAt(i) > '9') {
        return "the response's Content-Length is not a number";
      }
    }
    return null;
  }
}
