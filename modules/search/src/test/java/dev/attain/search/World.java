package dev.attain.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** A deployment whose true attainment at every load is known, and a search that asks it. */
final class World {
  private final Search search;
  private final DoubleUnaryOperator truth;
  private final Random random;
  private final Map<Double, Boolean> overloaded = new HashMap<>();
  final List<Segment> history = new ArrayList<>();

  World(Question question, Budget budget, long seed, DoubleUnaryOperator truth) {
    this.search = new Search(question, budget);
    this.truth = truth;
    this.random = new Random(seed);
  }

  /** All requests of a load meet the objectives up to a knee, and half of them beyond it. */
  static DoubleUnaryOperator knee(double at) {
    return load -> load <= at ? 1 : 0.5;
  }

  /** Falls slowly and is 90 % at the crossing: one percent of the load costs 0.45 points there. */
  static DoubleUnaryOperator slope(double crossing) {
    return load -> 1 / (1 + Math.exp(5 * Math.log(load / crossing) - Math.log(9)));
  }

  World overloadedAt(double load) {
    overloaded.put(load, true);
    return this;
  }

  Finding find() {
    while (search.next(history) instanceof Step.Measure measure) {
      history.add(measured(measure));
    }
    return ((Step.Done) search.next(history)).finding();
  }

  private Segment measured(Step.Measure measure) {
    long requests = search.question().requests();
    double share = truth.applyAsDouble(measure.load());
    long met = random.doubles(requests).filter(drawn -> drawn < share).count();
    return new Segment(measure.load(), measure.repeat(), (double) met / requests, requests, requests,
        overloaded.containsKey(measure.load()), Optional.empty(), requests / measure.load());
  }

  Search search() {
    return search;
  }
}
