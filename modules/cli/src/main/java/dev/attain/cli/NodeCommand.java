package dev.attain.cli;

import dev.attain.cluster.AttainNode;
import dev.attain.cluster.NodeRole;
import dev.attain.engines.Ports;
import dev.attain.engines.SelfCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code attain node}: serves one run after the other that is coordinated elsewhere, until it is stopped. */
@Command(name = "node", mixinStandardHelpOptions = true, description = "Joins a coordinator as a load node, an engine node, or both.")
final class NodeCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--role", required = true, split = ",", paramLabel = "load,engine", description = "What this node does: load, engine, or both.")
  private List<String> roles;

  @Option(names = "--join", required = true, paramLabel = "HOST:PORT", description = "Address of the coordinator.")
  private String join;

  @Option(names = "--bind", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Address this node listens on and is known by (default: ${DEFAULT-VALUE}).")
  private String bind;

  @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "Port this node listens on; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--once", description = "Ends with the run instead of waiting for the next one.")
  private boolean once;

  private final AtomicBoolean stopping = new AtomicBoolean();

  @Override
  public Integer call() throws InterruptedException, IOException {
    List<NodeRole> known = roles.stream().map(this::role).toList();
    if (!join.matches("[^:\\s]+:\\d{1,5}|\\[[^]]+]:\\d{1,5}")) {
      throw new ParameterException(spec.commandLine(), "--join " + join + " is not HOST:PORT");
    }
    requireReachable();
    Ports.requireFree(bind, port, "this node");
    Logs.toConsole();
    do {
      System.out.println("attain node: joining " + join + " as " + String.join(",", roles));
      serve(AttainNode.join(known, bind, port, join, SelfCommand.ofThisJvm()));
    } while (!once && !stopping.get());
    return ExitCode.SUCCESS.code();
  }

  /** Others talk to this node at the address that it binds, so that must mean this machine to them too. */
  private void requireReachable() throws IOException {
    InetAddress own = InetAddress.getByName(bind);
    if (own.isAnyLocalAddress() || (own.isLoopbackAddress() && coordinatorIsElsewhere())) {
      throw new ParameterException(spec.commandLine(),
          "--bind " + bind + " tells the coordinator nothing; name the address under which it reaches this machine");
    }
  }

  private boolean coordinatorIsElsewhere() throws IOException {
    InetAddress coordinator = InetAddress.getByName(join.substring(0, join.lastIndexOf(':')));
    return !coordinator.isLoopbackAddress() && NetworkInterface.getByInetAddress(coordinator) == null;
  }

  private void serve(AttainNode node) throws InterruptedException {
    Thread leave = new Thread(() -> {
      stopping.set(true);
      node.close();
    }, "leave");
    Runtime.getRuntime().addShutdownHook(leave);
    node.awaitEnd();
    if (!stopping.get()) {
      Runtime.getRuntime().removeShutdownHook(leave);
    }
  }

  private NodeRole role(String name) {
    try {
      NodeRole role = NodeRole.of(name);
      if (role == NodeRole.COORDINATOR) {
        throw new IllegalArgumentException(
            "a node cannot be given the role coordinator; attain run is the coordinator");
      }
      return role;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--role: " + e.getMessage(), e);
    }
  }
}
