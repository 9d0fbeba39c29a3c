package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How requests that come together get through the front end. One token is one nanosecond of work here. */
class FrontEndQueueTest {

  private static final long REST = 1_000;

  private final FrontEndQueue<String> queue = new FrontEndQueue<>(new FrontEndCost(REST, 1, 0));

  private List<String> taken() {
    List<String> taken = new ArrayList<>();
    for (long next = queue.nextNanos(); next != EngineCore.NEVER; next = queue.nextNanos()) {
      taken.add(queue.take() + " " + (next - REST));
    }
    return taken;
  }

  @Test
  void aRequestAloneTakesItsWorkAndTheRest() {
    queue.add(50, 10, "alone");

    assertThat(queue.nextNanos()).isEqualTo(1_060);
    assertThat(taken()).containsExactly("alone 60");
  }

  @Test
  void requestsThatComeTogetherAllTakeAsLongAsTheirWorkTogether() {
    for (String name : List.of("a", "b", "c", "d")) {
      queue.add(0, 10, name);
    }

    assertThat(taken()).containsExactly("a 40", "b 40", "c 40", "d 40");
  }

  @Test
  void theyShareOnlyWhileTheyAreThereTogether() {
    queue.add(0, 10, "first");
    queue.add(5, 10, "second");
    queue.add(30, 10, "apart");

    assertThat(taken()).containsExactly("first 15", "second 20", "apart 40");
  }

  @Test
  void aShortPromptOvertakesALongOne() {
    queue.add(0, 1_000, "long");
    queue.add(100, 10, "short");

    assertThat(taken()).containsExactly("short 120", "long 1010");
  }

  @Test
  void itDoesNotMatterInWhichOrderTheyAreAnnounced() {
    queue.add(5, 10, "second");
    assertThat(queue.nextNanos()).as("as far as is known").isEqualTo(REST + 15);
    queue.add(0, 10, "first");

    assertThat(taken()).containsExactly("first 15", "second 20");
  }

  @Test
  void oneThatIsAnnouncedTooLateCountsFromTheLastThatWasTaken() {
    queue.add(0, 10, "first");
    assertThat(queue.take()).isEqualTo("first");
    queue.add(3, 10, "late");

    assertThat(taken()).containsExactly("late 20");
  }

  @Test
  void withoutWorkEveryRequestOnlyWaits() {
    FrontEndQueue<String> free = new FrontEndQueue<>(new FrontEndCost(REST, 0, 0));
    free.add(7, 10, "a");
    free.add(7, 1_000, "b");

    assertThat(free.nextNanos()).isEqualTo(1_007);
    assertThat(free.take()).isEqualTo("a");
    assertThat(free.nextNanos()).isEqualTo(1_007);
  }
}
