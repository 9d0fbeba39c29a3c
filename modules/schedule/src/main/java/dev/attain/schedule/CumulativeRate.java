package dev.attain.schedule;

import java.time.Duration;
import java.util.List;

/**
 * The integral of a profile's factor over time, and its inverse. Only operations that IEEE 754 rounds exactly, so that
 * nodes of different processors agree to the last bit.
 */
sealed interface CumulativeRate {
  double NANOS_PER_SECOND = 1e9;

  /** The integral from 0 to {@code seconds}, which is not negative. */
  double at(double seconds);

  /** The latest instant, in seconds, at which the integral is {@code area}, which is not negative. */
  double inverse(double area);

  static CumulativeRate of(RateProfile profile) {
    return switch (profile) {
      case RateProfile.Flat flat -> new Straight();
      case RateProfile.Ramp ramp -> new Sloping(ramp.from(), ramp.to(), seconds(ramp.over()));
      case RateProfile.Burst burst -> new Periodic(burst.factor(), seconds(burst.every()), seconds(burst.lasting()));
      case RateProfile.Steps steps -> Stepped.of(steps.steps());
    };
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }

  /** The identity. */
  record Straight() implements CumulativeRate {
    @Override
    public double at(double seconds) {
      return seconds;
    }

    @Override
    public double inverse(double area) {
      return area;
    }
  }

  /** Quadratic while the factor changes, then straight. */
  record Sloping(double from, double to, double over) implements CumulativeRate {
    @Override
    public double at(double seconds) {
      return seconds < over
          ? seconds * (from + (to - from) * seconds / (2 * over))
          : whole() + (seconds - over) * to;
    }

    /** The root of {@code (to - from) / (2 over) t^2 + from t = area} in the form that loses no digits. */
    @Override
    public double inverse(double area) {
      if (area >= whole()) {
        return over + (area - whole()) / to;
      }
      double discriminant = from * from + 2 * (to - from) * area / over;
      return area == 0 ? 0 : Math.min(over, 2 * area / (from + Math.sqrt(Math.max(0, discriminant))));
    }

    private double whole() {
      return over * (from + to) / 2;
    }
  }

  /** Factor 1, {@code factor} in the middle of each period, factor 1. */
  record Periodic(double factor, double every, double lasting) implements CumulativeRate {
    @Override
    public double at(double seconds) {
      double periods = Math.floor(seconds / every);
      double rest = seconds - periods * every;
      double burst = Math.clamp(rest - lead(), 0, lasting);
      return periods * whole() + rest - burst + factor * burst;
    }

    @Override
    public double inverse(double area) {
      double periods = Math.floor(area / whole());
      return periods * every + Math.clamp(within(area - periods * whole()), 0, every);
    }

    private double within(double area) {
      double burst = factor * lasting;
      if (area < lead()) {
        return area;
      }
      return area < lead() + burst ? lead() + (area - lead()) / factor : area - burst + lasting;
    }

    private double lead() {
      return (every - lasting) / 2;
    }

    private double whole() {
      return every - lasting + factor * lasting;
    }
  }

  /** Straight pieces: piece k begins at {@code starts[k]} seconds with the integral {@code areas[k]}. */
  record Stepped(double[] factors, double[] starts, double[] areas) implements CumulativeRate {
    static Stepped of(List<RateProfile.Step> steps) {
      double[] factors = steps.stream().mapToDouble(RateProfile.Step::factor).toArray();
      double[] starts = new double[factors.length];
      double[] areas = new double[factors.length];
      for (int step = 1; step < factors.length; step++) {
        double length = seconds(steps.get(step - 1).lasting());
        starts[step] = starts[step - 1] + length;
        areas[step] = areas[step - 1] + length * factors[step - 1];
      }
      return new Stepped(factors, starts, areas);
    }

    @Override
    public double at(double seconds) {
      int step = last(starts, seconds);
      return areas[step] + (seconds - starts[step]) * factors[step];
    }

    /** The last piece that begins there has a factor above 0, or is followed by one that begins there too. */
    @Override
    public double inverse(double area) {
      int step = last(areas, area);
      double end = step + 1 < starts.length ? starts[step + 1] : Double.MAX_VALUE;
      return Math.min(end, starts[step] + (area - areas[step]) / factors[step]);
    }

    private static int last(double[] ascending, double value) {
      int at = ascending.length - 1;
      while (ascending[at] > value) {
        at--;
      }
      return at;
    }
  }
}
