package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When outputs leave the front end. Each costs ten nanoseconds here. */
class OutputQueueTest {

  private final OutputQueue queue = new OutputQueue(new FrontEndCost(0, 0, 10));

  @Test
  void anOutputLeavesWhenItsWorkIsDone() {
    assertThat(queue.leaveNanos(-500)).isEqualTo(-490);
    assertThat(queue.leaveNanos(100)).isEqualTo(110);
  }

  @Test
  void outputsOfOneStepLeaveInTheOrderInWhichTheyCome() {
    assertThat(queue.leaveNanos(100)).isEqualTo(110);
    assertThat(queue.leaveNanos(100)).isEqualTo(120);
    assertThat(queue.leaveNanos(100)).isEqualTo(130);
  }

  @Test
  void thoseOfTheNextStepWaitForThemAndNoLonger() {
    queue.leaveNanos(100);
    queue.leaveNanos(100);

    assertThat(queue.leaveNanos(105)).isEqualTo(130);
    assertThat(queue.leaveNanos(131)).isEqualTo(141);
  }

  @Test
  void withoutCostTheyLeaveWhenTheirStepEnds() {
    OutputQueue free = new OutputQueue(new FrontEndCost(0, 0, 0));

    assertThat(free.leaveNanos(100)).isEqualTo(100);
    assertThat(free.leaveNanos(100)).isEqualTo(100);
    assertThat(free.leaveNanos(101)).isEqualTo(101);
  }
}
