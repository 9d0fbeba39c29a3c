package dev.attain.selftest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Findings for programs: times in seconds, shares 0..1, null for what is not known. */
public final class FindingsJson {
  private static final int SCHEMA_VERSION = 1;
  private static final double MICROS_PER_SECOND = 1e6;

  private final JsonGenerator json;

  private FindingsJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * The whole document.
   *
   * @param version of attain
   */
  public static String document(Findings findings, String version) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      new FindingsJson(json).write(findings, version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private void write(Findings findings, String version) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schemaVersion", SCHEMA_VERSION);
    json.writeStringField("version", version);
    json.writeNumberField("eventLoops", findings.eventLoops());
    machine(findings.machine());
    number("trustedEventsPerSecond", findings.trustedEventsPerSecond());
    number("trustedRequestsPerSecond", findings.trustedRequestsPerSecond());
    number("eventsPerSecondWithin1Ms", findings.eventsPerSecondWithin(Rung.Limit.ERROR_ABOVE_1_MS));
    number("eventsPerSecondWithin5Percent", findings.eventsPerSecondWithin(Rung.Limit.ERROR_ABOVE_5_PERCENT));
    json.writeNumberField("mostRequestsPerSecond", findings.mostRequestsPerSecond());
    rungs("streams", findings.streams(), SelfTestPlan.STREAMS);
    rungs("requests", findings.requests(), SelfTestPlan.AT_ONCE);
    open(findings.open());
    json.writeArrayFieldStart("changes");
    for (String change : new Advice(findings).changes()) {
      json.writeString(change);
    }
    json.writeEndArray();
    json.writeStringField("conclusion", new Advice(findings).conclusion());
    json.writeEndObject();
  }

  private void machine(Machine machine) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeNumberField("cores", machine.cores());
    json.writeNumberField("clientCores", machine.clientCores());
    json.writeNumberField("serverCores", machine.serverCores());
    json.writeBooleanField("apart", machine.apart());
    number("openFiles", machine.openFiles());
    number("localPorts", machine.localPorts());
    json.writeStringField("java", machine.java());
    json.writeStringField("operatingSystem", machine.operatingSystem());
    json.writeEndObject();
  }

  private void rungs(String name, List<Rung> rungs, Truth truth) throws IOException {
    json.writeObjectFieldStart(name);
    seconds("trueTtft", truth.ttft().toNanos() / 1e3);
    seconds("trueItl", truth.itl().toNanos() / 1e3);
    json.writeArrayFieldStart("loads");
    for (Rung rung : rungs) {
      rung(rung, truth);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void rung(Rung rung, Truth truth) throws IOException {
    json.writeStartObject();
    json.writeNumberField("requestsPerSecond", rung.requestsPerSecond());
    json.writeNumberField("eventsPerSecond", rung.eventsPerSecond());
    json.writeNumberField("planned", rung.planned());
    json.writeNumberField("completed", rung.completed());
    json.writeNumberField("completedPerSecond", rung.completedPerSecond());
    json.writeStringField("problem", rung.problem());
    deviation("ttftError", rung.ttft());
    deviation("itlError", rung.itl());
    seconds("sendLagP99", rung.sendLagP99Micros());
    json.writeNumberField("cpuMicrosPerEvent", rung.cpuMicrosPerEvent());
    json.writeNumberField("busiestLoop", rung.busiestLoop());
    seconds("gcPauseMax", rung.gcPauseMaxMicros());
    seconds("serverLatenessP50", rung.server().latenessP50Micros());
    seconds("serverLatenessP99", rung.server().latenessP99Micros());
    json.writeNumberField("serverHeldUp", rung.server().heldUp());
    json.writeBooleanField("serverLate", rung.serverLate());
    json.writeArrayFieldStart("passed");
    for (Rung.Limit limit : rung.passed(truth).stream().sorted(Comparator.naturalOrder()).toList()) {
      json.writeString(limit.name());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void open(OpenStreams open) throws IOException {
    json.writeObjectFieldStart("openStreams");
    json.writeNumberField("tried", open.tried());
    json.writeNumberField("open", open.open());
    json.writeNumberField("completed", open.completed());
    json.writeStringField("problem", open.problem());
    number("residentBytes", open.residentBytes());
    number("grownBytes", open.grownBytes());
    json.writeEndObject();
  }

  private void deviation(String name, Deviation deviation) throws IOException {
    json.writeObjectFieldStart(name);
    seconds("p50", deviation.p50Micros());
    seconds("p99", deviation.p99Micros());
    json.writeEndObject();
  }

  private void seconds(String name, double micros) throws IOException {
    json.writeNumberField(name, micros / MICROS_PER_SECOND);
  }

  private void number(String name, OptionalDouble value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsDouble());
    } else {
      json.writeNullField(name);
    }
  }

  private void number(String name, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    } else {
      json.writeNullField(name);
    }
  }
}
