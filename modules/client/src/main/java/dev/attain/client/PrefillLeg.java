package dev.attain.client;

import dev.attain.measurement.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;

/** The leg to a prefill instance: one token, answered in one piece, of which only the transfer parameters matter. */
final class PrefillLeg extends Leg {
  private static final int INITIAL_BYTES = 1024;
  private static final int LIMIT_BYTES = 64 * 1024 * 1024;

  private final TwoLegCall call;
  private final ByteLine answer = new ByteLine(INITIAL_BYTES, LIMIT_BYTES);

  PrefillLeg(TwoLegCall call, Endpoint endpoint) {
    super(call, endpoint, "prefill: ");
    this.call = call;
  }

  @Override
  ByteBuf message(ByteBufAllocator allocator) {
    return call.body().prefill(allocator, endpoint());
  }

  @Override
  void content(ByteBuf data, int from, int to) {
    answer.append(data, from, to);
  }

  @Override
  void contentEnd() {
    try {
      Optional<byte[]> params = KvTransferParams.in(answer.bytes(), answer.length());
      if (params.isPresent()) {
        call.prefilled(params.get(), readNanos());
      } else {
        call.conclude(Outcome.FAILED, "prefill answered without kv_transfer_params",
            readNanos());
      }
    } catch (MalformedResponseException e) {
      fail(e.getMessage());
    }
  }

  @Override
  String progress() {
    return "in the middle of the answer";
  }
}
