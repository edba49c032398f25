package dev.usher.sidecar.admin.web;

import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.Problem;
import dev.usher.unit.InvalidValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that is refused; thrown by whoever notices, answered in one place. */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_DETAILS = 100;

  private final Code code;
  private final @Nullable String field;
  private final transient List<Detail> details;

  /**
   * @param field the kebab-case key that is to blame; null when no single one is
   * @param details all complaints that say what was wanted and what was got
   */
  public ApiError(Code code, String message, @Nullable String field, List<Detail> details) {
    super(message, null, false, false);
    this.code = code;
    this.field = field;
    this.details = List.copyOf(details);
  }

  public static ApiError of(Code code, String message) {
    return new ApiError(code, message, null, List.of());
  }

  public static ApiError of(Code code, String message, String field) {
    return new ApiError(code, message, field, List.of());
  }

  /** A value that is wrong whatever stands around it: name, wanted, got. */
  public static ApiError badValue(String field, String wanted, String got) {
    return of(Code.BAD_VALUE, field, wanted, "'" + Shown.of(got) + "'");
  }

  /** A value that is right alone and impossible with what stands around it: name, wanted, got. */
  public static ApiError impossible(String field, String wanted, String got) {
    return of(Code.IMPOSSIBLE, field, wanted, "'" + Shown.of(got) + "'");
  }

  /** A value that names nothing: name, wanted, got. */
  public static ApiError notFound(String field, String wanted, String got) {
    return of(Code.NOT_FOUND, field, wanted, "'" + Shown.of(got) + "'");
  }

  private static ApiError of(Code code, String field, String wanted, String got) {
    String message = "%s: want %s, got %s".formatted(field, wanted, got);
    return new ApiError(code, message, field, List.of(new Detail(field, wanted, got)));
  }

  /** The problems of a specification or document; the message is the first. */
  public static ApiError of(InvalidConfiguration refused) {
    List<Problem> problems = refused.problems();
    boolean impossible = problems.stream().allMatch(Problem::impossibleHere);
    int others = problems.size() - 1;
    String message =
        problems.get(0).text() + (others == 0 ? "" : " (and %d more)".formatted(others));
    return new ApiError(
        impossible ? Code.IMPOSSIBLE : Code.BAD_VALUE,
        message,
        key(problems.get(0)),
        problems.stream()
            .limit(MOST_DETAILS)
            .map(each -> new Detail(key(each), each.wanted(), each.got()))
            .toList());
  }

  private static String key(Problem problem) {
    return problem.key().isEmpty() ? "body" : problem.key();
  }

  /** A value that a specification refused; its field without what it stands under. */
  public static ApiError of(InvalidValue refused) {
    String field = refused.field().substring(refused.field().lastIndexOf('.') + 1);
    Code code = refused.impossibleHere() ? Code.IMPOSSIBLE : Code.BAD_VALUE;
    return of(code, field, refused.wanted(), refused.got());
  }

  public Code code() {
    return code;
  }

  public @Nullable String field() {
    return field;
  }

  public List<Detail> details() {
    return details;
  }

  /** The message, which is never null here. */
  public String text() {
    String message = getMessage();
    return message == null ? code.text() : message;
  }

  /** The contract's codes and their statuses. */
  public enum Code {
    BAD_VALUE(400),
    UNAUTHORIZED(401),
    NOT_ALLOWED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    TIMEOUT(408),
    NAME_TAKEN(409),
    ALREADY_TERMINATING(409),
    CONFLICT(409),
    PRECONDITION_FAILED(412),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    IMPOSSIBLE(422),
    INTERNAL(500),
    NOT_KEPT(507);

    private final int status;

    Code(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }

    /** The code in kebab-case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A complaint of one field. */
  public record Detail(String field, String wanted, String got) {}
}
