package dev.usher.sidecar.config.spec;

import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Items;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.director.spec.RetryCause;
import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.unit.Share;
import dev.usher.unit.Sizes;
import java.util.List;
import java.util.Set;

/** Reads the keys {@code retry-on}, {@code retry-budget} and so on of a director. */
final class RetryReader {
  private static final RetrySpec DEFAULT = RetrySpec.DEFAULT;

  private RetryReader() {}

  /** Apart, since the faults of a list's items would be told again with each try to build. */
  static Set<RetryCause> causes(Fields fields) {
    return Set.copyOf(
        Items.scalars(
            fields, "retry-on", RetryCause.WANTED, List.copyOf(DEFAULT.on()), RetryCause::parse));
  }

  static RetrySpec read(Fields fields, Set<RetryCause> causes) {
    return new RetrySpec(
        causes,
        fields.parsed("retry-budget", Share.PERCENT_WANTED, DEFAULT.budget(), Share::parsePercent),
        Scalars.integer(fields, "retry-budget-min", RetrySpec.BUDGET_MIN, DEFAULT.budgetMin()),
        fields.parsed("retry-buffer", Sizes.WANTED, DEFAULT.bufferBytes(), Sizes::parseBytes),
        Scalars.flag(fields, "retry-non-idempotent", DEFAULT.nonIdempotent()));
  }
}
