package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Items;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.config.spec.DirectorReader;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Sizes;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads the top level of the configuration. */
final class SidecarReader {
  private static final List<Cidr> LOOPBACK =
      List.of(Cidr.parse("", "127.0.0.0/8"), Cidr.parse("", "::1/128"));

  private static final String DATA = "a folder, which is created when it is not there";

  private final RouteSyntax syntax;
  private final boolean directorsOnly;
  private final EndpointReader endpoints = new EndpointReader();

  SidecarReader(RouteSyntax syntax) {
    this(syntax, false);
  }

  private SidecarReader(RouteSyntax syntax, boolean directorsOnly) {
    this.syntax = syntax;
    this.directorsOnly = directorsOnly;
  }

  /** Wants directors, be it none, and no routes to them; what else there is must be right. */
  static SidecarReader ofDirectors(RouteSyntax syntax) {
    return new SidecarReader(syntax, true);
  }

  /** The configuration; made up in part when {@code top} got new faults. */
  UsherConfig read(Fields top) {
    Path data = top.parsed("data", DATA, Path.of(""), SidecarReader::folder);
    ListenerReader listeners = new ListenerReader();
    List<ListenAddress> addresses = listeners.listeners(top);
    AdminReader.Admin admin = AdminReader.read(top, listeners);
    long maxBodyBytes =
        top.parsed("max-body-size", Sizes.WANTED, UsherConfig.UNLIMITED, SidecarReader::bodyBytes);
    Duration drainTimeout =
        Scalars.duration(top, "drain-timeout", UsherConfig.DEFAULT_DRAIN_TIMEOUT);
    List<Cidr> trusted = Items.scalars(top, "trust-tags-from", Cidr.WANTED, LOOPBACK, Cidr::parse);
    List<DirectorSpec> directors =
        List.copyOf(Items.named(top, "directors", this::director).values());
    List<RouteSpec> routes = routes(top);
    OnDemandSpec onDemand = OnDemandReader.read(top, routes);
    top.end();
    return new UsherConfig(
        top.has("data") ? data : null,
        addresses,
        admin.address(),
        admin.token(),
        maxBodyBytes,
        drainTimeout,
        trusted,
        routes,
        directors,
        onDemand);
  }

  /** For a {@link #ofDirectors} reader, which has read. */
  List<ImportedDirector> imported(UsherConfig config) {
    return config.directors().stream()
        .map(spec -> new ImportedDirector(spec, endpoints.of(spec.name())))
        .toList();
  }

  private DirectorSpec director(String name, Fields fields) {
    if (directorsOnly) {
      endpoints.read(name, fields);
    }
    return DirectorReader.read(name, fields);
  }

  private List<RouteSpec> routes(Fields top) {
    if (directorsOnly) {
      top.require("directors", "a map of directors");
    }
    return directorsOnly && !top.has("routes")
        ? List.of()
        : new RouteReader(syntax, top.value("directors")).routes(top);
  }

  private static Path folder(String field, String text) {
    if (text.isBlank() || text.codePoints().anyMatch(SidecarReader::isInvisible)) {
      throw InvalidValue.of(field, DATA, text);
    }
    try {
      Path folder = Path.of(text);
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw InvalidValue.impossible(field, DATA, text);
      }
      return folder;
    } catch (InvalidPathException e) {
      throw (InvalidValue) InvalidValue.of(field, DATA, text).initCause(e);
    }
  }

  private static boolean isInvisible(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT;
  }

  private static long bodyBytes(String field, String text) {
    long bytes = Sizes.parseBytes(field, text);
    if (bytes == 0) {
      throw InvalidValue.of(field, "at least 1B, or no key for any size", text);
    }
    return bytes;
  }
}
