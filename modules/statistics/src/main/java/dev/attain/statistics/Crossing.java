package dev.attain.statistics;

/** Where an attainment curve goes below the target, in the unit of its loads. Nothing is extrapolated. */
public sealed interface Crossing {

  /** The least it can be; 0 when it lies below the lowest measured load. */
  double low();

  /** The most it can be; infinite when it lies above the highest measured load. */
  double high();

  /** Between two measured loads, or at one. */
  record At(double load) implements Crossing {
    @Override
    public double low() {
      return load;
    }

    @Override
    public double high() {
      return load;
    }
  }

  /** Even the lowest measured load misses the target. */
  record BelowLowest(double lowest) implements Crossing {
    @Override
    public double low() {
      return 0;
    }

    @Override
    public double high() {
      return lowest;
    }
  }

  /** Even the highest measured load meets it. */
  record AboveHighest(double highest) implements Crossing {
    @Override
    public double low() {
      return highest;
    }

    @Override
    public double high() {
      return Double.POSITIVE_INFINITY;
    }
  }
}
