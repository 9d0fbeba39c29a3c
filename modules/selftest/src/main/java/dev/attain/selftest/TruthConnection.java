package dev.attain.selftest;

import dev.attain.measurement.NanoClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/**
 * One connection: reads a request, has an answer in the queues of its loop until the answer is out, and waits for the next. For
 * the loop's thread only.
 */
final class TruthConnection extends ChannelInboundHandlerAdapter implements PacedAnswer.Sender {
  private static final String PIPELINED = "one request at a time on a connection: the time of a pipelined one would count "
      + "from the end of the one before";

  private final Answers answers;
  private final TokenClock tokens;
  private final NanoClock clock;
  private final RequestReader reader = new RequestReader();
  private final PacedAnswer answer = new PacedAnswer(this);
  private ChannelHandlerContext context;
  private boolean answering;
  private boolean pipelined;
  private boolean close;
  private boolean toldToGoOn;
  private AnswerText text;
  private GenerationRequest request;
  private int event;
  private int events;

  TruthConnection(Answers answers, TokenClock tokens, NanoClock clock) {
    this.answers = answers;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext ignored, Object message) {
    long readNanos = clock.nanos();
    ByteBuf data = (ByteBuf) message;
    if (answering || !context.channel().isActive()) {
      pipelined = true;
      data.release();
      return;
    }
    try {
      Optional<RequestHead> head = reader.take(data);
      if (head.isPresent() && reader.wholeBody()) {
        respond(head.get(), readNanos);
      } else if (head.isPresent() && head.get().awaitsContinue() && !toldToGoOn) {
        toldToGoOn = true;
        context.writeAndFlush(Answers.goOn(), context.voidPromise());
      }
    } catch (BadRequestException problem) {
      close = true;
      reply(Answers.error(problem));
    }
  }

  private void respond(RequestHead head, long readNanos) {
    close = head.close();
    toldToGoOn = false;
    pipelined = reader.more();
    try {
      ByteBuf page = answers.page(head);
      if (page.isReadable()) {
        reply(page);
        return;
      }
      text = answers.generation(head);
      request = BodyReader.read(reader.buffer(), reader.bodyIndex(), reader.bodyIndex() + head.length());
      reader.clear();
      event = 0;
      events = text.events(request.tokens());
      answering = true;
      tokens.begin(answer, readNanos);
    } catch (BadRequestException problem) {
      reply(Answers.error(problem));
    }
  }

  @Override
  public PacedAnswer.Sent sendEvent() {
    if (!context.channel().isActive()) {
      return PacedAnswer.Sent.GONE;
    }
    boolean last = event + 1 == events;
    if (!request.stream() && !last) {
      event++;
      return PacedAnswer.Sent.SILENT;
    }
    if (!context.channel().isWritable()) {
      // So much has piled up that the client cannot be reading at all.
      context.close();
      return PacedAnswer.Sent.GONE;
    }
    send(last);
    event++;
    if (last) {
      answering = false;
      ended();
      return PacedAnswer.Sent.LAST;
    }
    return context.channel().unsafe().outboundBuffer().isEmpty() ? PacedAnswer.Sent.GOES_ON : PacedAnswer.Sent.HELD_UP;
  }

  private void send(boolean last) {
    ByteBuf bytes;
    if (!request.stream()) {
      bytes = text.whole(context.alloc(), request);
    } else if (last) {
      bytes = text.ending(context.alloc(), request);
    } else {
      bytes = text.event(event);
    }
    context.writeAndFlush(bytes, context.voidPromise());
  }

  private void reply(ByteBuf bytes) {
    context.writeAndFlush(bytes, context.voidPromise());
    ended();
  }

  /** An answer is out: the connection is ready for the next request, or ends. */
  private void ended() {
    reader.clear();
    if (pipelined && !close) {
      close = true;
      context.writeAndFlush(Answers.error(new BadRequestException(400, PIPELINED)), context.voidPromise());
    }
    if (close && context.channel().isActive()) {
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ignored) {
    reader.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
    // A client that goes away is its own business.
    context.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ignored) {
    reader.clear();
  }
}
