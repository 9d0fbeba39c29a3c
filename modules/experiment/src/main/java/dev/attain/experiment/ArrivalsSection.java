package dev.attain.experiment;

import dev.attain.schedule.ArrivalProcess;

/** Reads {@code arrivals}. */
final class ArrivalsSection {
  private enum Kind { POISSON, GAMMA, CONSTANT, TRACE }

  private ArrivalsSection() {}

  /** @param workload whose trace also gives the arrivals unless {@code arrivals.trace} names one */
  static ArrivalProcess read(Section section, Section workload, Traces traces) {
    var setting = section.get("kind");
    var kind = setting.choice(Kind.class);
    if (kind.isEmpty()) {
      section.abandon();
      return new ArrivalProcess.Poisson();
    }
    var process = switch (kind.get()) {
      case POISSON -> new ArrivalProcess.Poisson();
      case GAMMA -> gamma(section.get("burstiness"));
      case CONSTANT -> new ArrivalProcess.Constant();
      case TRACE -> recorded(section, workload, traces);
    };
    section.close("with arrivals.kind = " + setting.written());
    return process;
  }

  private static ArrivalProcess gamma(Setting burstiness) {
    double shape = Numbers.positive(burstiness, "0.5");
    try {
      return new ArrivalProcess.Gamma(shape);
    } catch (IllegalArgumentException e) {
      burstiness.problem(burstiness.written() + " cannot be used: " + e.getMessage());
      return new ArrivalProcess.Poisson();
    }
  }

  private static ArrivalProcess recorded(Section section, Section workload, Traces traces) {
    var file = section.optional("trace").or(() -> workload.optional("trace"));
    if (file.isEmpty()) {
      section.problem("trace", "is missing, and so is workload.trace; write for example trace = \"data/arrivals.csv\"");
      return new ArrivalProcess.Poisson();
    }
    var trace = traces.read(file.get());
    if (trace.isEmpty()) {
      return new ArrivalProcess.Poisson();
    }
    try {
      return new ArrivalProcess.Trace(trace.get().arrivalSeconds());
    } catch (IllegalArgumentException e) {
      file.get().problem(file.get().written() + " cannot be used: " + e.getMessage());
      return new ArrivalProcess.Poisson();
    }
  }
}
