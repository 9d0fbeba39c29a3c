package dev.attain.simulator;

import java.util.List;
import java.util.Optional;

/**
 * What slows or halts the steps of an engine at instants.
 *
 * @param startNanos
 *          of the engine; instants of faults count from it
 */
record StepFaults(List<Fault> faults, long startNanos) {

  static final StepFaults NONE = new StepFaults(List.of(), 0);

  StepFaults {
    faults = faults.stream().filter(fault -> fault.kind() != FaultKind.CRASH).toList();
  }

  /** The cost of steps with these faults: a slow step first takes its factor as long, then every halt is waited for. */
  StepCost on(StepCost usual) {
    return faults.isEmpty() ? usual : new StepCost() {
      @Override
      public long nanos(StepShape shape) {
        return usual.nanos(shape);
      }

      @Override
      public long endNanos(StepShape shape, long start) {
        return end(start, usual.nanos(shape));
      }
    };
  }

  /** What befell a step from one instant to the other. */
  Optional<FaultKind> during(long start, long end) {
    return faults.stream().filter(fault -> switch (fault.kind()) {
      case SLOW -> inside(fault, start);
      default -> start < until(fault) && end > from(fault);
    }).map(Fault::kind).findFirst();
  }

  private long end(long start, long usualNanos) {
    double nanos = usualNanos;
    for (Fault fault : faults) {
      if (fault.kind() == FaultKind.SLOW && inside(fault, start)) {
        nanos *= fault.factor();
      }
    }
    long end = start + Math.max(1, Math.round(nanos));
    for (Fault fault : faults) {
      if (fault.kind() == FaultKind.STALL && start < until(fault) && end > from(fault)) {
        end += until(fault) - Math.max(start, from(fault));
      }
    }
    return end;
  }

  private boolean inside(Fault fault, long instant) {
    return instant >= from(fault) && instant < until(fault);
  }

  private long from(Fault fault) {
    return startNanos + fault.atNanos();
  }

  private long until(Fault fault) {
    return fault.lastsNanos().map(length -> from(fault) + length).orElse(Long.MAX_VALUE);
  }
}
