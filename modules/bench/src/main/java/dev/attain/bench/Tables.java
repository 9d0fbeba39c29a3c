package dev.attain.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attain.bench.Contender.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Every single run for other programs: the same columns as CSV and as JSON. */
final class Tables {
  private final Truth truth;
  private final List<Result> results;

  Tables(Truth truth, List<Result> results) {
    this.truth = truth;
    this.results = List.copyOf(results);
  }

  /** A line for each run under a line of titles. Runs that failed have no figures. */
  String csv() {
    List<Map<String, Object>> lines = results.stream().map(this::columns).toList();
    List<String> titles = lines.stream().max((one, other) -> Integer.compare(one.size(), other.size()))
        .map(columns -> List.copyOf(columns.keySet())).orElse(List.of());
    var csv = new ArrayList<String>(List.of(String.join(",", titles)));
    lines.forEach(columns -> csv
        .add(titles.stream().map(title -> quoted(columns.getOrDefault(title, ""))).collect(Collectors.joining(","))));
    return String.join("\n", csv) + "\n";
  }

  /** The runs with the machine and the setting. */
  ObjectNode json(Machine machine, Report.Setting setting, Map<String, String> absent) {
    ObjectNode json = Json.MAPPER.createObjectNode().put("schemaVersion", 1);
    json.set("machine", Json.MAPPER.valueToTree(machine));
    json.set("setting", Json.MAPPER.valueToTree(setting));
    json.putObject("truth").put("ttftMillis", truth.ttftMillis()).put("itlMillis", truth.itlMillis()).put("tokens",
        truth.tokens());
    json.set("absent", Json.MAPPER.valueToTree(absent));
    ArrayNode runs = json.putArray("runs");
    results.forEach(result -> runs.add(Json.MAPPER.<ObjectNode>valueToTree(columns(result))));
    return json;
  }

  private Map<String, Object> columns(Result result) {
    var columns = new LinkedHashMap<String, Object>();
    columns.put("client", result.contender());
    columns.put("round", result.round());
    columns.put("eventsPerSecondAsked", result.load().eventsPerSecond());
    columns.put("requestsPerSecondAsked", result.load().requestsPerSecond());
    columns.put("requests", result.load().requests());
    columns.put("serverRequests", result.server().requests());
    columns.put("serverEvents", result.server().events());
    columns.put("serverLatenessP50Millis", result.server().latenessP50Micros() / 1e3);
    columns.put("serverLatenessP99Millis", result.server().latenessP99Micros() / 1e3);
    columns.put("problem", result.problem());
    result.outcome().ifPresent(outcome -> measured(columns, outcome));
    return columns;
  }

  private void measured(Map<String, Object> columns, Outcome outcome) {
    Reading reading = outcome.reading();
    Cost cost = outcome.cost();
    double events = reading.completed() * (double) truth.tokens();
    columns.put("completed", reading.completed());
    columns.put("seconds", reading.seconds());
    columns.put("requestsPerSecond", reading.requestsPerSecond(truth));
    columns.put("eventsPerSecond", reading.eventsPerSecond(truth));
    columns.put("cpuSeconds", cost.cpuSeconds());
    columns.put("startUpCpuSeconds", cost.startUpCpuSeconds());
    columns.put("cpuMicrosPerEvent", cost.microsPerEvent(events));
    columns.put("cpuMicrosPerEventWithStartUp", cost.microsPerEventWithStartUp(events));
    columns.put("memoryBytes", cost.memoryBytes());
    distribution(columns, "ttft", reading.ttft());
    distribution(columns, "itl", reading.itl());
    columns.put("remark", reading.remark());
  }

  private static void distribution(Map<String, Object> columns, String name, Reading.Millis millis) {
    columns.put(name + "MeanMillis", millis.mean());
    columns.put(name + "P50Millis", millis.p50());
    columns.put(name + "P99Millis", millis.p99());
  }

  private static String quoted(Object value) {
    String text = value instanceof Double number ? String.format(Locale.ROOT, "%.4f", number) : value.toString();
    return text.matches("[^\",\n]*") ? text : '"' + text.replace("\"", "\"\"").replace("\n", " ") + '"';
  }
}
