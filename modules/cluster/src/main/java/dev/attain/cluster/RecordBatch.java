package dev.attain.cluster;

import dev.attain.measurement.RequestRecord;
import java.util.List;

/** Finished requests on their way from a load node to the coordinator. */
record RecordBatch(List<RequestRecord> records) implements Wire {
  /** At most this many go into one message: about 150 bytes each, so far below the limit of a frame. */
  static final int LIMIT = 400;
}
