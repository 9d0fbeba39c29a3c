package dev.attain.selftest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of answers of one kind, in the form and size of vLLM's. Everything but the counts is made once and shared:
 * sending an event copies nothing. Safe for any thread.
 */
final class AnswerText {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nserver: attain\r\ncontent-type: text/event-stream; "
      + "charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";
  private static final String DONE = chunk("data: [DONE]\n\n") + "0\r\n\r\n";
  private static final String RUNNING = "null";
  private static final String FINISHED = "\"length\"";

  private final boolean chat;
  private final String model;
  private final int tokensPerEvent;
  private final ByteBuf first;
  private final ByteBuf next;

  AnswerText(boolean chat, String model, int tokensPerEvent) {
    this.chat = chat;
    this.model = model;
    this.tokensPerEvent = tokensPerEvent;
    this.first = shared(HEAD + event(tokensPerEvent, true, RUNNING));
    this.next = shared(event(tokensPerEvent, false, RUNNING));
  }

  /** Of an answer of so many tokens. */
  int events(int tokens) {
    return Math.ceilDiv(tokens, tokensPerEvent);
  }

  /** Any event of an answer but its last. */
  ByteBuf event(int number) {
    return (number == 0 ? first : next).retainedDuplicate();
  }

  /** The last event and what follows it: counts if asked for, the terminal event, the end of the chunks. */
  ByteBuf ending(ByteBufAllocator allocator, GenerationRequest request) {
    int events = events(request.tokens());
    int tokens = request.tokens() - (events - 1) * tokensPerEvent;
    String text = (events == 1 ? HEAD : "") + event(tokens, events == 1, FINISHED)
        + (request.usage()
            ? chunk("data: " + object(true) + ",\"choices\":[],\"usage\":" + usage(request) + "}\n\n")
            : "")
        + DONE;
    return allocator.directBuffer(text.length()).writeBytes(ascii(text));
  }

  /** The answer in one piece. */
  ByteBuf whole(ByteBufAllocator allocator, GenerationRequest request) {
    String text = " token".repeat(request.tokens());
    String choice = chat
        ? "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}"
        : "\"text\":\"" + text + "\"";
    String body = object(false) + ",\"choices\":[{\"index\":0," + choice
        + ",\"logprobs\":null,\"finish_reason\":\"length\",\"stop_reason\":null}],\"usage\":" + usage(request) + "}";
    String answer = "HTTP/1.1 200 OK\r\nserver: attain\r\ncontent-type: application/json\r\ncontent-length: "
        + body.length() + "\r\n\r\n" + body;
    return allocator.directBuffer(answer.length()).writeBytes(ascii(answer));
  }

  private String event(int tokens, boolean opening, String finishReason) {
    String text = " token".repeat(tokens);
    String choice = chat
        ? "\"delta\":{" + (opening ? "\"role\":\"assistant\"," : "") + "\"content\":\"" + text + "\"}"
        : "\"text\":\"" + text + "\"";
    return chunk("data: " + object(true) + ",\"choices\":[{\"index\":0," + choice
        + ",\"logprobs\":null,\"finish_reason\":" + finishReason + ",\"stop_reason\":null}]}\n\n");
  }

  private String object(boolean streamed) {
    String id = (chat ? "chatcmpl" : "cmpl") + "-3f0a9bd7c8e14c6c8b6a2f6d1e0f7a55";
    String kind = chat ? streamed ? "chat.completion.chunk" : "chat.completion" : "text_completion";
    return "{\"id\":\"" + id + "\",\"object\":\"" + kind + "\",\"created\":1763800000,\"model\":\"" + model + "\"";
  }

  /** Prompts are not counted: that would mean to read them. */
  private static String usage(GenerationRequest request) {
    return "{\"prompt_tokens\":1,\"total_tokens\":" + (1 + request.tokens()) + ",\"completion_tokens\":"
        + request.tokens() + "}";
  }

  private static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  private static ByteBuf shared(String text) {
    byte[] bytes = ascii(text);
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
