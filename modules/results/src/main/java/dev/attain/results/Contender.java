package dev.attain.results;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One side of a comparison: what a deployment did at several rates.
 *
 * @param name of the deployment
 * @param source folder that it was read from
 * @param deployment its shape
 * @param traits everything that should be the same on all sides, by its name; absent or empty where nobody said
 * @param objectives that it was measured against; empty where nobody said
 * @param loads ascending by rate, each rate once
 * @param remarks what a reader must know, a sentence each without a full stop
 */
public record Contender(String name, Path source, DeploymentFacts deployment, Map<Trait, String> traits,
    Optional<Objectives> objectives, List<Load> loads, List<String> remarks) {

  /** What a comparison wants to be equal, because it is about the deployment and nothing else. */
  public enum Trait {
    /** A name. */
    MODEL("model", true),
    /** A name. */
    DATA_SET("data set", true),
    /** In words. */
    WORKLOAD("workload", true),
    /** In words. */
    ARRIVALS("arrivals", true),
    /** Of arrivals and requests. */
    SEED("seed", false),
    /** Of all instances together. */
    GPUS("number of GPUs", false),
    /** A product's name. */
    GPU_MODEL("GPU model", false),
    /** In words. */
    ENGINE("engine", false),
    /** As engines told it. */
    ENGINE_VERSION("engine version", false),
    /** That sent the load. */
    LOAD_NODES("load nodes", false),
    /** Of attain. */
    TOOL_VERSION("version of attain", false);

    private final String words;
    private final boolean forbidden;

    Trait(String words, boolean forbidden) {
      this.words = words;
      this.forbidden = forbidden;
    }

    /** As a sentence names it. */
    public String words() {
      return words;
    }

    /** Whether sides that differ in it were asked different questions, so that their answers compare nothing. */
    public boolean forbidden() {
      return forbidden;
    }
  }

  /**
   * One rate, over all repeats.
   *
   * @param rate requests per second of the whole deployment
   * @param pairing equal for two sides whose requests are the same, one by one; empty when nobody can tell
   * @param seconds in which requests were due
   * @param requests of all repeats, one repeat after the other
   */
  public record Load(double rate, String pairing, double seconds, RequestTimes requests) {
    /** Whether request i of both is the same request. */
    public boolean pairedWith(Load other) {
      return !pairing.isEmpty() && pairing.equals(other.pairing)
          && requests.planned() == other.requests().planned();
    }
  }

  /** Copies the collections. */
  public Contender {
    traits = Map.copyOf(traits);
    loads = List.copyOf(loads);
    remarks = List.copyOf(remarks);
  }

  /**
   * The deployments of a bundle, from its records. Invalid points are left out and remarked on.
   *
   * @throws BundleException when it cannot be read, is a closed loop, or lacks records that its summaries count
   */
  public static List<Contender> ofBundle(Path folder) throws BundleException {
    return of(Bundle.open(folder));
  }

  /** As {@link #ofBundle}, of one that is open. */
  public static List<Contender> of(Bundle bundle) throws BundleException {
    return new BundleContenders(bundle).read();
  }

  /**
   * A folder with a {@code vllm-<rate>qps-*.json} for each run, as {@code vllm bench serve --save-result
   * --save-detailed} writes its results.
   *
   * @param disaggregated whether it is called so where the files do not tell its shape
   * @throws BundleException when there is no such file, or one of them lacks what is needed
   */
  public static Contender ofVllmFolder(Path folder, boolean disaggregated) throws BundleException {
    return new VllmFolder(folder, disaggregated).read();
  }
}
