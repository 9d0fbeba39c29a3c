package dev.attain.systemtests;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpRequest;
import akka.pattern.Patterns;
import akka.stream.Materializer;
import akka.stream.javadsl.Framing;
import akka.stream.javadsl.FramingTruncation;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A client that shares nothing with the one under test: Akka HTTP, events cut by Akka Streams, stamps of its own. Far too
 * expensive to offer a load, and good enough to say what a few requests saw.
 */
final class AkkaHttpWitness implements AutoCloseable {
  /** One streamed answer, on this JVM's monotonic clock. */
  record Seen(long sentNanos, List<Long> tokenNanos) {
    long ttftNanos() {
      return tokenNanos.getFirst() - sentNanos;
    }

    List<Long> gapsNanos() {
      List<Long> gaps = new ArrayList<>();
      for (int token = 1; token < tokenNanos.size(); token++) {
        gaps.add(tokenNanos.get(token) - tokenNanos.get(token - 1));
      }
      return gaps;
    }
  }

  private static final int LONGEST_EVENT_BYTES = 64 * 1024;

  private final ActorSystem<Void> system;

  AkkaHttpWitness() {
    system = ActorSystem.create(Behaviors.empty(), "witness", ConfigFactory.load(ConfigFactory.parseString("""
      akka { loglevel = WARNING, actor.provider = local, coordinated-shutdown.exit-jvm = off }
      akka.http.host-connection-pool { max-connections = 64, max-open-requests = 64, max-retries = 0 }
      """).withFallback(ConfigFactory.defaultReference())));
  }

  /** Sends a request for {@code tokens} tokens at once. */
  CompletionStage<Seen> ask(URI server, int tokens) {
    String body = "{\"model\":\"m\",\"prompt\":[1,2,3],\"max_tokens\":" + tokens + ",\"stream\":true}";
    HttpRequest request = HttpRequest.POST(server + "/v1/completions")
        .withEntity(ContentTypes.APPLICATION_JSON, body);
    long sent = System.nanoTime();
    return Http.get(system).singleRequest(request)
        .thenCompose(answer -> answer.entity().getDataBytes()
            .via(Framing.delimiter(ByteString.fromString("\n\n"), LONGEST_EVENT_BYTES, FramingTruncation.ALLOW))
            .map(ByteString::utf8String).filter(event -> event.contains("\"text\":\"x\""))
            .map(event -> System.nanoTime())
            .toMat(Sink.seq(), Keep.right()).run(Materializer.matFromSystem(system)))
        .thenApply(stamps -> new Seen(sent, stamps));
  }

  /** As {@link #ask}, at an instant of {@link System#nanoTime}. */
  CompletionStage<Seen> askAt(long instantNanos, URI server, int tokens) {
    Duration delay = Duration.ofNanos(Math.max(0, instantNanos - System.nanoTime()));
    return Patterns.after(delay, system, () -> ask(server, tokens));
  }

  @Override
  public void close() {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the witness did not end within 20 s", e);
    }
  }
}
