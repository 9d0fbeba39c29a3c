package dev.attain.engines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which version of its engine an instance runs. */
public final class EngineVersion {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private EngineVersion() {}

  /** What a ready instance says of itself; empty when it does not tell. Blocks for up to five seconds. */
  public static String of(LaunchPlan plan) throws InterruptedException {
    if (plan.versionUri().isEmpty()) {
      return "";
    }
    try (Http http = new Http()) {
      HttpResponse<String> answer = http.get(plan.versionUri().get(), Optional.empty(), ANSWER);
      return answer.statusCode() == 200 ? JSON.readTree(answer.body()).path("version").asText("") : "";
    } catch (JsonProcessingException notTold) {
      return "";
    } catch (IOException notTold) {
      return "";
    }
  }

  /**
   * Why instances that hand keys and values to each other cannot, when their versions differ. NIXL compares them at the
   * first transfer, so that both sides say that they are well and every request fails.
   *
   * @param versions by instance, in order; empty ones are not known and prove nothing
   */
  public static Optional<String> mismatch(Map<String, String> versions) {
    Map<String, List<String>> instances = new LinkedHashMap<>();
    versions.forEach((instance, version) -> {
      if (!version.isEmpty()) {
        instances.computeIfAbsent(version, first -> new ArrayList<>()).add(instance);
      }
    });
    if (instances.size() <= 1) {
      return Optional.empty();
    }
    return Optional.of(("the engines' versions differ (%s), and NIXL joins only equal ones: every request would fail;"
        + " install the same version on every engine node").formatted(instances.entrySet().stream()
            .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
            .collect(Collectors.joining("; "))));
  }
}
