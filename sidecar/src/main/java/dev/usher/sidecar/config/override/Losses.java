package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.config.override.Comparison.Deviation;
import dev.usher.sidecar.config.override.Comparison.OfValue;
import dev.usher.sidecar.config.override.Comparison.OfWhole;
import dev.usher.sidecar.config.override.Facts.Kind;
import dev.usher.sidecar.config.override.LostOverride.Why;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which overrides a merge has not kept: seen from its result, so that none is forgotten. */
record Losses(Facts writtenBefore, Facts inForce, Facts writtenNow, Facts result) {

  List<LostOverride> all() {
    Comparison overrides = new Comparison(writtenBefore, inForce);
    List<LostOverride> lost = new ArrayList<>();
    for (Deviation override : overrides.deviations()) {
      if (override instanceof OfValue value) {
        addValue(overrides, value, lost);
      } else if (override instanceof OfWhole whole && whole.added()) {
        addAddition(overrides, whole, lost);
      } else {
        addRemoval(overrides, (OfWhole) override, lost);
      }
    }
    return lost;
  }

  private void addValue(Comparison overrides, OfValue value, List<LostOverride> lost) {
    Kind kind = value.kind();
    Difference shown = overrides.show(value);
    if (!Objects.equals(result.of(kind).value(value.name(), value.key()), shown.after())) {
      JsonNode now = writtenNow.of(kind).value(value.name(), value.key());
      lost.add(new LostOverride(shown, now, why(!Objects.equals(now, shown.before()))));
    }
  }

  /** Of what was added at runtime, each piece that is there no more or is another one. */
  private void addAddition(Comparison overrides, OfWhole whole, List<LostOverride> lost) {
    Kind kind = whole.kind();
    Things runtime = inForce.of(kind);
    Set<String> gone = new LinkedHashSet<>(whole.members());
    gone.removeIf(name -> Objects.equals(runtime.values(name), result.of(kind).values(name)));
    for (Map.Entry<String, Set<String>> piece : runtime.pieces(gone).entrySet()) {
      Set<String> members = piece.getValue();
      JsonNode now = document(writtenNow.of(kind), members);
      Difference shown = overrides.added(kind, piece.getKey(), members);
      lost.add(new LostOverride(shown, now, why(now != null)));
    }
  }

  private void addRemoval(Comparison overrides, OfWhole whole, List<LostOverride> lost) {
    Kind kind = whole.kind();
    if (whole.members().stream().anyMatch(result.of(kind)::has)) {
      Things now = writtenNow.of(kind);
      boolean changed = !Merge.isUnchanged(writtenBefore.of(kind), now, whole.members());
      JsonNode document = document(now, whole.members());
      lost.add(new LostOverride(overrides.show(whole), document, why(changed)));
    }
  }

  /** The first of {@code members} that is there, with what is below it; null when none is. */
  private static @Nullable JsonNode document(Things things, Set<String> members) {
    for (String name : members) {
      if (things.has(name)) {
        return things.document(name, members);
      }
    }
    return null;
  }

  private static Why why(boolean fileChanged) {
    return fileChanged ? Why.THE_FILE_CHANGED_IT : Why.IT_DOES_NOT_FIT;
  }
}
