package dev.attain.experiment;

import dev.attain.experiment.Assertion.Quantity;
import dev.attain.experiment.Assertion.Relation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code assert}, a list of statements. */
final class AssertionsKey {
  static final String NAME = "assert";
  private static final Pattern STATEMENT = Pattern
      .compile("(?<deployment>\\S+)\\.(?<quantity>[a-z0-9-]+)(?:\\s+at\\s+(?<level>\\S+))?\\s*(?<relation>>=|<=)"
          + "\\s*(?<bound>\\S.*)");
  private static final String EXAMPLE = "disaggregated.max-rate-per-gpu >= 5, or colocated.ttft-p99 at 8 <= 400 ms";
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<String> deployments;
  private final List<Double> levels;
  private final boolean closed;

  private AssertionsKey(List<String> deployments, List<Double> levels, boolean closed) {
    this.deployments = deployments;
    this.levels = levels;
    this.closed = closed;
  }

  /**
   * Statements about these deployments and loads; what is wrong with others is a problem. Without loads they are about the answer
   * of a search, which is a rate.
   */
  static List<Assertion> read(Setting setting, List<Deployment> deployments, Loop loop) {
    var key = new AssertionsKey(deployments.stream().map(Deployment::name).toList(),
        loop.loads().stream().map(AssertionsKey::level).toList(), loop instanceof Loop.Closed);
    return setting.wholeElements().stream().flatMap(each -> key.assertion(each).stream()).toList();
  }

  private static double level(Load load) {
    return switch (load) {
      case Load.Rate rate -> rate.perSecond();
      case Load.Concurrency users -> users.users();
    };
  }

  private static String plain(double level) {
    return BigDecimal.valueOf(level).stripTrailingZeros().toPlainString();
  }

  private Optional<Assertion> assertion(Setting setting) {
    Matcher parts = STATEMENT.matcher(setting.written().strip());
    if (!parts.matches()) {
      setting.problem(setting.written() + " is no statement; write for example " + EXAMPLE);
      return Optional.empty();
    }
    var deployment = setting.part(parts.group("deployment")).oneOf(deployments, "a deployment of this experiment");
    var quantity = setting.part(parts.group("quantity")).choice(Quantity.class);
    if (deployment.isEmpty() || quantity.isEmpty()) {
      return Optional.empty();
    }
    if (levels.isEmpty() && (closed || !quantity.get().ofTheCurve())) {
      setting.problem(setting.written() + (closed
          ? " cannot be judged by find-rate.by = concurrency, whose answer is a number of users; leave it out"
          : " is about one load, and attain find-rate chooses its loads itself; write for example "
              + parts.group("deployment") + ".max-rate >= 8, or leave it out"));
      return Optional.empty();
    }
    if (closed && quantity.get().ofTheCurve()) {
      setting.problem(quantity.get().word() + " needs an open loop (load.rates): a closed one shows no overload");
      return Optional.empty();
    }
    Optional<String> at = Optional.ofNullable(parts.group("level"));
    if (at.isPresent() == quantity.get().ofTheCurve()) {
      setting.problem(at.isPresent()
          ? quantity.get().word() + " follows from all loads together; leave out \"at " + at.get() + "\""
          : "does not say at which load; write for example " + parts.group("deployment") + "." + quantity.get().word()
              + " at " + plain(levels.getFirst()) + " ...");
      return Optional.empty();
    }
    Optional<Double> level = at.flatMap(text -> measured(setting.part(text)));
    if (at.isPresent() && level.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Assertion(setting.written().strip(), deployment.get(), quantity.get(), level,
        parts.group("relation").equals(">=") ? Relation.AT_LEAST : Relation.AT_MOST,
        bound(setting.part(parts.group("bound")), quantity.get())));
  }

  private Optional<Double> measured(Setting setting) {
    var level = setting.number("8").map(Number::doubleValue);
    if (level.isPresent() && !levels.contains(level.get())) {
      setting.problem(setting.written() + " is no load of this experiment (measured are "
          + String.join(", ", levels.stream().map(AssertionsKey::plain).toList()) + ")");
      return Optional.empty();
    }
    return level;
  }

  private static double bound(Setting setting, Quantity quantity) {
    if (quantity.latency()) {
      return Durations.positive(setting, DurationUnit.MILLISECONDS).toNanos() / NANOS_PER_SECOND;
    }
    return quantity == Quantity.ATTAINMENT ? Numbers.percent(setting, "90") : Numbers.positive(setting, "8");
  }
}
