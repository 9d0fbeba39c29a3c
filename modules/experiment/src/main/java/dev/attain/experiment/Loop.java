package dev.attain.experiment;

import dev.attain.schedule.RateProfile;
import dev.attain.schedule.ThinkTime;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Who sets the pace of the points of an experiment. */
public sealed interface Loop {
  /**
   * A schedule does. A slow server changes no arrival, so that overload shows.
   *
   * @param rates requests per second over all load nodes together, in the order they are measured; each positive and
   *     there once
   * @param profile how the rate changes within a point
   * @param maxInFlight open requests over all load nodes beyond which an arrival waits in the client; empty for no such
   *     limit
   * @param lead load around what is measured of a point
   */
  record Open(List<Double> rates, RateProfile profile, OptionalInt maxInFlight, Lead lead) implements Loop {
    public Open {
      rates = List.copyOf(rates);
    }

    /** Neither a profile nor a limit, and nothing around the points. */
    public Open(List<Double> rates) {
      this(rates, new RateProfile.Flat(), OptionalInt.empty(), Lead.NONE);
    }

    @Override
    public List<Load> loads() {
      return rates.stream().map(rate -> (Load) new Load.Rate(rate)).toList();
    }
  }

  /**
   * The server does: users send their next request when the one before has ended. Overload cannot show.
   *
   * @param concurrency numbers of users over all load nodes together, in the order they are measured; each there once
   * @param startOver the users start evenly spread over this time
   * @param pauseAfterFailure how long a user rests at least after a request that did not complete
   * @param timeLimit of a point that ends by a number of requests
   */
  record Closed(List<Integer> concurrency, ThinkTime thinkTime, Duration startOver, Duration pauseAfterFailure,
      Duration timeLimit) implements Loop {
    public Closed {
      concurrency = List.copyOf(concurrency);
    }

    @Override
    public List<Load> loads() {
      return concurrency.stream().map(users -> (Load) new Load.Concurrency(users)).toList();
    }
  }

  /** In the order they are measured. */
  List<Load> loads();

  /** Load around what is measured of a point; none in a closed loop, whose users begin with it. */
  default Lead lead() {
    return Lead.NONE;
  }
}
