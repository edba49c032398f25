package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.cli.draw.Canvas;
import dev.usher.sidecar.cli.draw.Millis;
import dev.usher.sidecar.cli.draw.TokenPicture;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * One picture of the demo.
 *
 * @param before the view of the picture before, for waits of the time between
 */
record DemoFrame(int second, int seconds, Phase phase, DirectorView now, DirectorView before) {

  /**
   * @param meanNanos a backend's mean service time
   */
  List<String> lines(Canvas canvas, ToLongFunction<String> meanNanos) {
    List<String> lines = new ArrayList<>();
    lines.add(canvas.fit("second %d of %d: %s".formatted(second, seconds, phase.title())));
    lines.add("");
    lines.addAll(TokenPicture.lines(now.shaper(), before.shaper(), canvas));
    lines.add("");
    lines.add(backends(canvas, meanNanos));
    lines.add(
        canvas.fit(
            "capitals: assured   small letters: borrowed   %s free up to the ceil"
                .formatted(canvas.free())));
    return lines;
  }

  private String backends(Canvas canvas, ToLongFunction<String> meanNanos) {
    String full =
        now.backends().stream()
            .map(each -> load(each) + " (" + Millis.text(meanNanos.applyAsLong(name(each))) + ")")
            .collect(Collectors.joining("   ", "backends   ", ""));
    String terse = now.backends().stream().map(DemoFrame::load).collect(Collectors.joining("  "));
    return canvas.fit(full.length() <= canvas.columns() ? full : terse);
  }

  private static String name(BackendView backend) {
    return backend.spec().name();
  }

  private static String load(BackendView backend) {
    return "%s %d/%d".formatted(name(backend), backend.load().current(), backend.spec().capacity());
  }
}
