package dev.attain.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one stream's events, with only the token's four characters left open: an event costs one copy.
 *
 * <p>
 * Events are framed as one HTTP chunk each.
 */
final class EventTemplate {

  private final byte[] frame;
  private final int textOffset;

  EventTemplate(String beforeText, String afterText) {
    String event = "data: " + beforeText + " ".repeat(TokenText.CHARACTERS) + afterText + "\n\n";
    byte[] eventBytes = event.getBytes(StandardCharsets.UTF_8);
    byte[] size = (Integer.toHexString(eventBytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    frame = new byte[size.length + eventBytes.length + 2];
    System.arraycopy(size, 0, frame, 0, size.length);
    System.arraycopy(eventBytes, 0, frame, size.length, eventBytes.length);
    frame[frame.length - 2] = '\r';
    frame[frame.length - 1] = '\n';
    textOffset = size.length + "data: ".length() + beforeText.getBytes(StandardCharsets.UTF_8).length;
  }

  ByteBuf event(int tokenId, ByteBufAllocator allocator) {
    TokenText.copy(tokenId, frame, textOffset);
    return allocator.directBuffer(frame.length).writeBytes(frame);
  }

  /** Any event, as one HTTP chunk. */
  static void append(ByteBuf target, String json) {
    byte[] event = ("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    target.writeCharSequence(Integer.toHexString(event.length), StandardCharsets.US_ASCII);
    target.writeShort('\r' << 8 | '\n');
    target.writeBytes(event);
    target.writeShort('\r' << 8 | '\n');
  }
}
