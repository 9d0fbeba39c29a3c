package dev.attain.simulator;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The protocol between two simulated instances, in place of NIXL's handshake, heartbeats and notifications. A decode
 * instance sends lines, the prefill instance answers each with one line, in order:
 *
 * <pre>
 * PEEK engine-id model request-id    HELD | GONE | STRANGER    is the KV there, expired, or are we not talking of you
 * RENEW request-id                   OK                        the KV will still be read, keep it
 * DONE request-id                    OK                        the KV has been read, free it
 * </pre>
 *
 * Words are URL-encoded, so that they hold no blanks.
 */
final class SideChannel {

  static final String PEEK = "PEEK";
  static final String RENEW = "RENEW";
  static final String DONE = "DONE";
  static final String HELD = "HELD";
  static final String GONE = "GONE";
  static final String STRANGER = "STRANGER";
  static final String OK = "OK";

  private static final int LONGEST_LINE = 16_384;

  private SideChannel() {}

  static void addCodec(ChannelPipeline pipeline) {
    pipeline.addLast(new LineBasedFrameDecoder(LONGEST_LINE), new StringDecoder(StandardCharsets.US_ASCII),
        new StringEncoder(StandardCharsets.US_ASCII));
  }

  static String line(String... words) {
    List<String> encoded = new ArrayList<>();
    for (String word : words) {
      encoded.add(URLEncoder.encode(word, StandardCharsets.UTF_8));
    }
    return String.join(" ", encoded) + "\n";
  }

  static List<String> words(String line) {
    return Arrays.stream(line.split(" ")).map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8)).toList();
  }
}
