package dev.attain.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the events of one streamed answer amount to. Success needs the terminal event, no error event, and exactly the
 * planned number of tokens; a 200 alone is worth nothing. Where the length could not be forced, fewer tokens are a
 * success too if the server says that the model has stopped.
 */
final class TokenStream implements SseReader.Events {
  /** Hears each token event, and once how the answer ended. */
  interface Listener {
    /** {@code tokens} is at least 1: what the event itself says, or else 1. */
    void tokens(int tokens);

    /** {@code problem} is empty on success; {@code tokens} as the server counted them, or else as the events did. */
    void ended(String problem, int tokens);
  }

  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final PlannedLength planned;
  private final EventScanner scanner;
  private final Listener listener;
  private final SseReader events = new SseReader(this);
  private boolean ended;
  private boolean anyEvent;
  private boolean finishSeen;
  private boolean modelStopped;
  private boolean usageInEvents;
  private int tokenEvents;
  private int countedTokens;
  private int usageTokens = EventScanner.NO_USAGE;

  /** @param scanner may be shared by all streams of one thread */
  TokenStream(PlannedLength planned, EventScanner scanner, Listener listener) {
    this.planned = planned;
    this.scanner = scanner;
    this.listener = listener;
  }

  /** Takes body bytes {@code from} until {@code to} of {@code data}. */
  void read(ByteBuf data, int from, int to) {
    events.read(data, from, to);
  }

  /** How many tokens have come, for reasons. */
  String progress() {
    return "after " + countedTokens + " of " + planned.tokens() + " tokens";
  }

  /**
   * The regular end of the body. It may come without [DONE] ({@code transformers serve} sends none), but not without a
   * finish reason.
   */
  void end() {
    events.end();
    if (finishSeen) {
      judge();
    } else {
      end(anyEvent ? "stream ended without [DONE] or a finish reason " + progress() : "HTTP 200 without any event");
    }
  }

  @Override
  public void event(byte[] bytes, int from, int to) {
    if (ended) {
      return;
    }
    anyEvent = true;
    if (Arrays.equals(bytes, from, to, DONE, 0, DONE.length)) {
      judge();
    } else if (!scanner.scan(bytes, from, to)) {
      end("malformed event: " + ErrorText.clip(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
    } else if (scanner.error()) {
      end("error event: " + ErrorText.of(bytes, from, to));
    } else {
      chunk();
    }
  }

  private void chunk() {
    if (scanner.substance() || isEmptyToken()) {
      int tokens = tokensOfEvent();
      tokenEvents++;
      countedTokens += tokens;
      listener.tokens(tokens);
    }
    finishSeen |= scanner.finish();
    modelStopped |= scanner.stop();
    if (scanner.completionTokens() != EventScanner.NO_USAGE) {
      usageTokens = scanner.completionTokens();
    }
  }

  /**
   * From the event's token ids, or else from the growth of its usage. Usage that comes only at the end says nothing about
   * a single event, even where a server puts it into the last token's: it must have come with the first one already.
   */
  private int tokensOfEvent() {
    if (tokenEvents == 0) {
      usageInEvents = scanner.completionTokens() > 0;
    }
    if (scanner.tokenIds() > 0) {
      return scanner.tokenIds();
    }
    return usageInEvents ? Math.max(1, scanner.completionTokens() - countedTokens) : 1;
  }

  /**
   * Empty text may be a token (a special one, or half of a character) or the farewell of a server that sends the finish
   * reason in a chunk of its own. It is a farewell only when no token is missing, or when the model may stop and has.
   */
  private boolean isEmptyToken() {
    boolean noneMissing = scanner.finish() && countedTokens >= planned.tokens();
    boolean farewell = noneMissing || (scanner.stop() && !planned.forced());
    return scanner.emptyText() && !farewell;
  }

  private void judge() {
    boolean stoppedEarly = modelStopped && !planned.forced() && tokens() < planned.tokens();
    if (tokens() != planned.tokens() && !stoppedEarly) {
      end(planned.tokens() + " tokens expected, " + tokens() + " received"
          + (modelStopped ? ", finish_reason stop" : ""));
    } else if (tokenEvents == 0) {
      end("no token event in the stream, though " + (tokens() == 0
          ? "it ended in order"
          : "its usage says " + tokens()
              + " tokens"));
    } else {
      end("");
    }
  }

  private int tokens() {
    return usageTokens == EventScanner.NO_USAGE ? countedTokens : usageTokens;
  }

  private void end(String problem) {
    if (!ended) {
      ended = true;
      listener.ended(problem, tokens());
    }
  }
}
