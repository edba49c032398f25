package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.ctl.api.AdminAddress;
import dev.usher.sidecar.cli.ctl.api.Assignment;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.config.document.Printable;
import dev.usher.unit.InvalidValue;
import java.nio.file.InvalidPathException;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Texts on the command line that are more than text. */
final class Arguments {
  private Arguments() {}

  private static <T> T read(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (InvalidValue e) {
      throw new TypeConversionException("want %s, got %s".formatted(e.wanted(), e.got()));
    }
  }

  /** The name of a file, which need not be there. */
  static final class FileName implements ITypeConverter<java.nio.file.Path> {
    @Override
    public java.nio.file.Path convert(String text) {
      try {
        return java.nio.file.Path.of(text);
      } catch (InvalidPathException e) {
        throw new TypeConversionException(
            "want the name of a file in this system's characters, got " + Printable.quoted(text));
      }
    }
  }

  /** {@code ADDR:PORT}. */
  static final class Admin implements ITypeConverter<AdminAddress> {
    @Override
    public AdminAddress convert(String text) {
      return read(text, AdminAddress::parse);
    }
  }

  /** {@code app/backends/app01}. */
  static final class Path implements ITypeConverter<ObjectPath> {
    @Override
    public ObjectPath convert(String text) {
      return read(text, ObjectPath::parse);
    }
  }

  /** {@code KEY=VALUE}. */
  static final class Pair implements ITypeConverter<Assignment> {
    @Override
    public Assignment convert(String text) {
      return read(text, Assignment::parse);
    }
  }
}
