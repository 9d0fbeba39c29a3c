package dev.attain.simulator;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be made to go wrong, with the keys that each kind takes. */
enum FaultKind {
  /** No events for a while. */
  STALL("no events for a while: of the whole engine where at is given, else of single streams, in place of token "
      + "after+1"),
  /** Steps take longer. */
  SLOW("steps take factor times as long"),
  /** The connection is reset. */
  CUT("the connection is reset in place of token after+1"),
  /** The answer ends in an error. */
  ERROR_EVENT("an error event and [DONE] in place of token after+1; HTTP 500 when not streamed"),
  /** The request is refused as a broken server does. */
  HTTP_500("answered with 500 at once"),
  /** The request is refused as a full server or a router does. */
  HTTP_429("answered with 429 and Retry-After at once"),
  /** The usage does not tell the truth. */
  WRONG_USAGE("usage says by more tokens than were sent"),
  /** The answer is too short. */
  MISSING_TOKEN("the answer ends by tokens early, and still with finish_reason length"),
  /** A decode instance cannot read the KV. */
  KV_FAILED("a decode instance cannot read the prompt's KV; kv_load_failure_policy says what follows"),
  /** A prefill instance frees the KV before it was read. */
  KV_EXPIRED("a prefill instance's lease ends at once; the decode instance still answers 200, as with vLLM"),
  /** The process ends. */
  CRASH("the process ends: at an instant, or in place of a request's token after+1"),
  /** The engine never says that it is ready. */
  NEVER_READY("/health answers 503 for ever");

  private final String meaning;

  FaultKind(String meaning) {
    this.meaning = meaning;
  }

  static Optional<FaultKind> find(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(wireName)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(FaultKind::wireName).toList();
  }

  /** As written in flags and in the truth: {@code error-event}. */
  String wireName() {
    return FaultKey.dashed(this);
  }

  /** What has to be said about it. */
  Set<FaultKey> needed() {
    return switch (this) {
      case STALL -> EnumSet.of(FaultKey.FOR);
      case SLOW -> EnumSet.of(FaultKey.FACTOR);
      default -> EnumSet.noneOf(FaultKey.class);
    };
  }

  /** What can be said about it. */
  Set<FaultKey> keys() {
    return switch (this) {
      case STALL, CUT, ERROR_EVENT -> EnumSet.of(FaultKey.RATE, FaultKey.AT, FaultKey.FOR, FaultKey.AFTER);
      case SLOW -> EnumSet.of(FaultKey.AT, FaultKey.FOR, FaultKey.FACTOR);
      case HTTP_500, KV_FAILED, KV_EXPIRED -> EnumSet.of(FaultKey.RATE, FaultKey.AT, FaultKey.FOR);
      case HTTP_429 -> EnumSet.of(FaultKey.RATE, FaultKey.AT, FaultKey.FOR, FaultKey.RETRY_AFTER);
      case WRONG_USAGE, MISSING_TOKEN -> EnumSet.of(FaultKey.RATE, FaultKey.AT, FaultKey.FOR, FaultKey.BY);
      case CRASH -> EnumSet.of(FaultKey.RATE, FaultKey.AT, FaultKey.AFTER);
      case NEVER_READY -> EnumSet.noneOf(FaultKey.class);
    };
  }

  /** Its keys in words; empty for a kind without keys. */
  String keyNames() {
    return keys().stream().map(FaultKey::wireName).collect(Collectors.joining(", "));
  }

  /** Whether it can happen to a single request. */
  boolean strikesRequests() {
    return this != SLOW && this != NEVER_READY;
  }

  /** Whether it happens to the engine as a whole when it is given an instant. */
  boolean strikesEngineAtInstant() {
    return this == SLOW || this == STALL || this == CRASH;
  }

  String meaning() {
    return meaning;
  }
}
