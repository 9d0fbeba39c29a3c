package dev.attain.measurement;

import static dev.attain.measurement.SampleRequests.SLO;
import static dev.attain.measurement.SampleRequests.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  private final List<RequestRecord> requests = random(77, 3000);
  private final Snapshot snapshot = SampleRequests.snapshotOf(requests);

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.29, 0.5, 0.999, 1, 1.1, 1.5, 2})
  void theCurveOverSloScalesIsExactNearTheObjectives(double scale) {
    long expected = requests.stream().filter(request -> request.requiredScale(SLO) <= scale).count();
    assertThat(snapshot.meetingAtScale(scale)).isEqualTo(expected);
  }

  @Test
  void largeScalesAreKnownToThreeDigits() {
    long least = requests.stream().filter(request -> request.requiredScale(SLO) <= 4.99).count();
    long most = requests.stream().filter(request -> request.requiredScale(SLO) <= 5.01).count();
    assertThat(snapshot.meetingAtScale(5)).isBetween(least, most);
  }

  @Test
  void requestsThatDidNotCompleteMeetTheObjectivesAtNoScale() {
    long notCompleted = requests.stream().filter(request -> !request.completed()).count();
    assertThat(notCompleted).isPositive();
    assertThat(snapshot.neverMeeting()).isEqualTo(notCompleted);
    assertThat(snapshot.meetingAtScale(1e12) + snapshot.neverMeeting()).isEqualTo(snapshot.counts().planned());
  }

  @Test
  void beforeTheStartEverythingIsStillToDo() {
    Snapshot start = Snapshot.beforeStart(12);
    assertThat(start.number()).isZero();
    assertThat(start.counts()).isEqualTo(Counts.ofPlanned(12));
    assertThat(start.neverMeeting()).isEqualTo(12);
    assertThat(start.latencies()).isEqualTo(Latencies.empty());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aScaleThatIsNotPositiveAndFiniteIsRefused(double scale) {
    assertThatIllegalArgumentException().isThrownBy(() -> snapshot.meetingAtScale(scale))
        .withMessageContaining("SLO scale");
  }

  @Test
  void addingLatenciesIsCommutativeWithEmptyAsNeutralElement() {
    Latencies one = snapshot.latencies();
    Latencies other = SampleRequests.snapshotOf(random(78, 200)).latencies();
    assertThat(one.plus(other)).isEqualTo(other.plus(one)).isNotEqualTo(one);
    assertThat(one.plus(Latencies.empty())).isEqualTo(one).hasSameHashCodeAs(one);
  }
}
