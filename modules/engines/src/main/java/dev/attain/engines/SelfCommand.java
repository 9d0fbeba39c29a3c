package dev.attain.engines;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to start this program once more as a process of its own: a simulated engine, a load node.
 *
 * @param java the java executable
 * @param featureVersion of that java: 21, 25
 * @param classPath as {@code -cp} takes it
 * @param mainClass the class whose main method takes the program's arguments
 * @param properties further flags of the JVM: {@code -Dattain.home=...}
 */
public record SelfCommand(Path java, int featureVersion, String classPath, String mainClass, List<String> properties) {
  private static final String MAIN_CLASS = "dev.attain.cli.Main";
  private static final String HOME = "attain.home";

  public SelfCommand {
    properties = List.copyOf(properties);
  }

  /** The java and the class path that this JVM runs with. */
  public static SelfCommand ofThisJvm() {
    return new SelfCommand(Path.of(System.getProperty("java.home"), "bin", "java"), Runtime.version().feature(),
        shortened(System.getProperty("java.class.path")), MAIN_CLASS,
        Optional.ofNullable(System.getProperty(HOME)).map(home -> List.of("-D" + HOME + "=" + home)).orElse(List.of()));
  }

  /**
   * The command line that runs this program with {@code arguments} and a heap of at most {@code heapBytes}, rounded up to whole MiB.
   *
   * <p>
   * The serial collector keeps a process small, and its pauses at these heaps are below a millisecond or two. A process
   * without memory ends at once, so that its loss is noticed, instead of answering slowly for ever.
   */
  public List<String> command(long heapBytes, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-Xmx" + Math.ceilDiv(heapBytes, 1L << 20) + "m");
    command.add("-XX:+UseSerialGC");
    // Past the default of 21 MiB, loading classes would cause full collections during the first seconds of a process.
    command.add("-XX:MetaspaceSize=96m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(accessFlags(featureVersion));
    command.addAll(properties);
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /**
   * {@code folder/*} for a class path that is all the jars of a folder, as the launcher's is: the same to the JVM, and
   * shown command lines stay readable.
   */
  static String shortened(String classPath) {
    Set<Path> entries = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).collect(Collectors.toSet());
    Path folder = entries.iterator().next().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return classPath;
    }
    try (Stream<Path> files = Files.list(folder)) {
      Set<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).collect(Collectors.toSet());
      return jars.equals(entries) ? folder.resolve("*").toString() : classPath;
    } catch (IOException unreadable) {
      return classPath;
    }
  }

  /** Keeps newer JVMs from printing warnings about what Netty and Akka do with memory. */
  private static List<String> accessFlags(int featureVersion) {
    List<String> flags = new ArrayList<>();
    if (featureVersion >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    if (featureVersion >= 23) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }
}
