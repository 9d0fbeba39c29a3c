package dev.attain.simulator;

/** One sequence of a virtual request; it hears of nothing but tokens unless it says otherwise. */
abstract class VirtualLeg implements SequenceListener {

  private final VirtualCall call;

  VirtualLeg(VirtualCall call) {
    this.call = call;
  }

  final VirtualCall call() {
    return call;
  }

  @Override
  public void pull(Sequence sequence, long nanos) {
    throw new IllegalStateException("only a decode leg pulls KV");
  }

  @Override
  public void landed(Sequence sequence, long nanos) {
    throw new IllegalStateException("only a decode leg pulls KV");
  }

  @Override
  public void expired(Sequence sequence, long nanos) {
    throw new IllegalStateException("the lease of a prompt that will be read does not end");
  }

  @Override
  public void failed(Sequence sequence, long nanos) {
    throw new IllegalStateException("transfers do not fail in virtual time");
  }
}
