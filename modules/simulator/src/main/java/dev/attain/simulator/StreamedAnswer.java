package dev.attain.simulator;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events: one for each token when it is due, then usage if asked for, then the end mark. */
final class StreamedAnswer implements Answer {

  static final String DONE = "[DONE]";
  static final String LAST_CHUNK = "0\r\n\r\n";

  private final HttpConnection connection;
  private final AnswerHeading heading;
  private final StreamText text;
  private final EventTemplate template;
  private final boolean uniform;
  private final int[] promptIds;
  private int tokens;

  StreamedAnswer(HttpConnection connection, AnswerHeading heading, GenerationRequest request, int[] promptIds) {
    this.connection = connection;
    this.heading = heading;
    this.text = new StreamText(heading, request);
    this.template = text.template();
    this.uniform = text.isUniform();
    this.promptIds = promptIds;
  }

  @Override
  public void token(LiveRequest request, boolean last) {
    tokens++;
    boolean leads = tokens == 1 && heading.dialect() == Dialect.CHAT;
    if (uniform && !last && !leads) {
      connection.writeStream(template.event(heading.tokenId(tokens), connection.allocator()));
      return;
    }
    ByteBuf out = connection.allocator().directBuffer(1024);
    if (leads) {
      EventTemplate.append(out, text.role(request, promptIds));
    }
    Optional<FinishReason> finish = last ? Optional.of(request.order().ending()) : Optional.empty();
    EventTemplate.append(out, text.token(request, tokens, finish, promptIds));
    if (!last) {
      connection.writeStream(out);
      return;
    }
    text.usage(tokens, request).ifPresent(usage -> EventTemplate.append(out, usage));
    end(out);
  }

  @Override
  public void failed() {
    ByteBuf out = connection.allocator().directBuffer(1024);
    EventTemplate.append(out, ApiException.internal().body());
    end(out);
  }

  private void end(ByteBuf out) {
    EventTemplate.append(out, DONE);
    out.writeCharSequence(LAST_CHUNK, StandardCharsets.US_ASCII);
    connection.endStream(out);
  }
}
