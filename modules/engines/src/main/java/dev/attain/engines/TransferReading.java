package dev.attain.engines;

import java.util.ArrayList;
import java.util.List;

/**
 * What the instances of a disaggregated deployment have counted about KV transfer at one moment.
 *
 * @param settled whether the counts stood still when they were read
 */
public record TransferReading(List<InstanceTransfers> prefill, List<InstanceTransfers> decode, boolean settled) {
  public TransferReading {
    prefill = List.copyOf(prefill);
    decode = List.copyOf(decode);
  }

  /** The metrics pages of all prefill and of all decode instances, each side in its own order. */
  public static TransferReading of(List<ServerMetrics> prefill, List<ServerMetrics> decode) {
    return new TransferReading(side("prefill", prefill), side("decode", decode), true);
  }

  private static List<InstanceTransfers> side(String role, List<ServerMetrics> pages) {
    List<InstanceTransfers> side = new ArrayList<>();
    for (ServerMetrics page : pages) {
      side.add(InstanceTransfers.of(role + " instance " + side.size(), page));
    }
    return side;
  }

  /** The same counts, marked as still moving. */
  public TransferReading unsettled() {
    return new TransferReading(prefill, decode, false);
  }
}
