package dev.attain.engines;

/** A part of a request's time in an instance that engines have a histogram of, in seconds. */
public enum EngineStage {
  QUEUE_TIME("queueTime"), PREFILL_TIME("prefillTime"), DECODE_TIME("decodeTime"), TTFT("ttft"), ITL("itl"), E2E("e2e");

  private final String jsonName;

  EngineStage(String jsonName) {
    this.jsonName = jsonName;
  }

  /** The name in files. */
  public String jsonName() {
    return jsonName;
  }
}
