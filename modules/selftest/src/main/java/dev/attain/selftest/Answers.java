package dev.attain.selftest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Everything that a server may answer. Safe for any thread. */
final class Answers {
  private static final Map<Integer, String> REASONS = Map.of(200, "OK", 400, "Bad Request", 404, "Not Found", 405,
      "Method Not Allowed", 411, "Length Required", 413, "Content Too Large", 431,
      "Request Header Fields Too Large");

  private final AnswerText completion;
  private final AnswerText chat;
  private final String models;

  Answers(ServerSettings settings) {
    int tokensPerEvent = settings.truth().tokensPerEvent();
    this.completion = new AnswerText(false, settings.model(), tokensPerEvent);
    this.chat = new AnswerText(true, settings.model(), tokensPerEvent);
    this.models = "{\"object\":\"list\",\"data\":[{\"id\":\"" + settings.model()
        + "\",\"object\":\"model\",\"created\":1763800000,\"owned_by\":\"attain\",\"max_model_len\":1048576}]}";
  }

  /**
   * The text of generated answers at this path.
   *
   * @throws BadRequestException when nothing is generated there
   */
  AnswerText generation(RequestHead head) throws BadRequestException {
    AnswerText text = switch (head.path()) {
      case "/v1/completions" -> completion;
      case "/v1/chat/completions" -> chat;
      default -> throw new BadRequestException(404,
          "served are POST /v1/completions, POST /v1/chat/completions, GET /v1/models and GET /health");
    };
    if (!head.method().equals("POST")) {
      throw new BadRequestException(405, "completions are asked for with POST");
    }
    return text;
  }

  /** An answer that is ready at once, without a body where the path has none; null-free: empty text for other paths. */
  ByteBuf page(RequestHead head) {
    if (!head.method().equals("GET")) {
      return Unpooled.EMPTY_BUFFER;
    }
    return switch (head.path()) {
      case "/health" -> message(200, "");
      case "/v1/models" -> message(200, models);
      default -> Unpooled.EMPTY_BUFFER;
    };
  }

  /** In the form of OpenAI's errors. */
  static ByteBuf error(BadRequestException problem) {
    return message(problem.status(), "{\"error\":{\"message\":\"" + problem.getMessage()
        + "\",\"type\":\"BadRequestError\",\"param\":null,\"code\":" + problem.status() + "}}");
  }

  /** Tells a client that holds its body back to send it. */
  static ByteBuf goOn() {
    return bytes("HTTP/1.1 100 Continue\r\n\r\n");
  }

  private static ByteBuf message(int status, String body) {
    return bytes("HTTP/1.1 " + status + " " + REASONS.get(status) + "\r\nserver: attain\r\ncontent-type: "
        + "application/json\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
  }
}
