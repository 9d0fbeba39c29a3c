package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.attain.engines.LaunchPlan;
import dev.attain.engines.Ports;
import dev.attain.engines.RouterPlan;
import dev.attain.experiment.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class RouterProcessTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final List<URI> INSTANCE = List.of(URI.create("http://127.0.0.1:1"));

  @TempDir
  Path folder;
  private final TestProbe<RouterProcess.Event> owner = KIT.createTestProbe();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private ActorRef<RouterProcess.Command> start(String... command) throws IOException {
    LaunchPlan plan = RouterPlan.of(new Router(List.of(command), "/"), "127.0.0.1", Ports.free("127.0.0.1"), INSTANCE,
        INSTANCE);
    return KIT.spawn(RouterProcess.create(plan, folder.resolve("router.log"), LONG, owner.getRef()));
  }

  @Test
  void aRouterIsUpOnceItsHealthSaysSoAndGoneOnceItIsStopped() throws IOException {
    // A web server that comes with the JDK stands for it.
    ActorRef<RouterProcess.Command> router = start(Path.of(System.getProperty("java.home"), "bin", "jwebserver")
        .toString(), "-b", "{host}", "-p", "{port}", "-d", folder.toAbsolutePath().toString());
    long pid = owner.expectMessageClass(RouterProcess.Up.class, LONG).processId();
    assertThat(ProcessHandle.of(pid)).isPresent();
    router.tell(RouterProcess.Stop.INSTANCE);
    owner.expectTerminated(router, LONG);
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aRouterThatEndsAtItsStartIsReportedWithItsLog() throws IOException {
    ActorRef<RouterProcess.Command> router = start("sh", "-c", "echo no such policy; exit 2");
    assertThat(owner.expectMessageClass(RouterProcess.Down.class, LONG).reason())
        .startsWith("router ended with exit code 2 before it was ready; the last lines of its log ")
        .endsWith("no such policy");
    router.tell(RouterProcess.Stop.INSTANCE);
    owner.expectTerminated(router, LONG);
  }

  @Test
  void aRouterThatIsNotInstalledIsReported() throws IOException {
    ActorRef<RouterProcess.Command> router = start("no-such-router");
    assertThat(owner.expectMessageClass(RouterProcess.Down.class, LONG).reason())
        .startsWith("could not start: there is no executable no-such-router on the PATH");
    router.tell(RouterProcess.Stop.INSTANCE);
    owner.expectTerminated(router, LONG);
  }
}
