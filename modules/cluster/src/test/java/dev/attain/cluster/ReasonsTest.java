package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.RemoteStreamRefActorTerminatedException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  @Test
  void whatWentWrongIsSaidAndNotWhoNoticed() {
    assertThat(Reasons.of(new CompletionException(new IOException("no such file")))).isEqualTo("no such file");
    assertThat(Reasons.of(new IOException())).isEqualTo("IOException");
  }

  @Test
  void aBrokenStreamIsABrokenConnection() {
    assertThat(Reasons.of(new RemoteStreamRefActorTerminatedException("[SourceRef-0] Remote partner [Actor[...]]")))
        .isEqualTo("the connection to it broke");
  }
}
