package dev.attain.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attain.experiment.Load;

/** Who set the pace of a point. */
public enum LoopKind {
  /** A schedule: requests arrived at a rate, whatever became of those before. */
  @JsonProperty("open")
  OPEN,
  /** The server: users sent their next request when the one before had ended. Overload cannot show. */
  @JsonProperty("closed")
  CLOSED;

  static LoopKind of(Load load) {
    return switch (load) {
      case Load.Rate rate -> OPEN;
      case Load.Concurrency concurrency -> CLOSED;
    };
  }
}
