package dev.attain.cli;

import dev.attain.cluster.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words for how far engines are on their way up; says when they are worth another line. Owned by one thread. */
final class EngineStarts {
  /** Where lines stay, one that says nothing new is worth it this often. */
  private static final Duration REPEAT = Duration.ofSeconds(15);
  /** More would not fit into a line. */
  private static final int SHOWN = 4;

  private List<String> shownPhases = List.of();
  private Duration shownAfter = Duration.ZERO;
  private Duration passed = Duration.ZERO;

  /** Begins with another deployment. */
  void reset() {
    shownPhases = List.of();
    passed = Duration.ZERO;
    shownAfter = Duration.ZERO;
  }

  /**
   * Whether a phase has changed since the last line that was worth showing, or that is long ago. Progress within a phase
   * changes every second and is no news by itself.
   */
  boolean news(List<RunEvent.EngineStart> engines) {
    passed = passed.plusSeconds(1);
    List<String> phases = engines.stream().map(RunEvent.EngineStart::phase).toList();
    boolean news = !phases.equals(shownPhases) || passed.minus(shownAfter).compareTo(REPEAT) >= 0;
    if (news) {
      shownPhases = phases;
      shownAfter = passed;
    }
    return news;
  }

  /** {@code prefill-0 ready; decode-0 on gpu 1: capturing graphs 16 of 51, 42 s}. */
  static String line(List<RunEvent.EngineStart> engines) {
    List<RunEvent.EngineStart> ready = engines.stream().filter(RunEvent.EngineStart::ready).toList();
    List<RunEvent.EngineStart> others = engines.stream().filter(engine -> !engine.ready()).toList();
    List<String> parts = new ArrayList<>();
    if (ready.size() > SHOWN) {
      parts.add(ready.size() + " of " + engines.size() + " ready");
    } else if (!ready.isEmpty()) {
      parts.add(ready.stream().map(RunEvent.EngineStart::instance).collect(Collectors.joining(" and ")) + " ready");
    }
    others.stream().limit(SHOWN).map(EngineStarts::describe).forEach(parts::add);
    if (others.size() > SHOWN) {
      parts.add(others.size() - SHOWN + " more on their way");
    }
    return String.join("; ", parts);
  }

  private static String describe(RunEvent.EngineStart engine) {
    String gpus = engine.gpus().isEmpty()
        ? ""
        : engine.gpus().stream().map(String::valueOf)
            .collect(Collectors.joining(",", engine.gpus().size() == 1 ? " on gpu " : " on gpus ", ""));
    return "%s%s: %s, %d s".formatted(engine.instance(), gpus, (engine.phase() + " " + engine.progress()).strip(),
        engine.since().toSeconds());
  }
}
