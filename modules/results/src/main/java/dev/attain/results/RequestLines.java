package dev.attain.results;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;

/**
 * One request as one line of JSON. Stamps are seconds from the point's start with nine decimals, so that nanoseconds
 * come back exactly; a stamp that never happened is left out, and so is the release of a request that did not wait. The derived latencies at the end of the line are for
 * readers without this program; this class does not read them back.
 */
final class RequestLines {
  private static final JsonFactory FACTORY = Json.MAPPER.getFactory();
  private static final int NANOS_DIGITS = 9;
  /** Letters of a number whose nanoseconds are safely within a long. */
  private static final int LONGEST_STAMP = 19;

  private RequestLines() {}

  /** Writes one line and its end. Does not close or flush the stream. */
  static void write(NodeRecord line, OutputStream out) throws IOException {
    RequestRecord record = line.record();
    try (JsonGenerator json = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)) {
      json.writeStartObject();
      json.writeStringField("node", line.node());
      json.writeNumberField("index", record.index());
      writeStamps(record, json);
      writeSending(record.sending(), json);
      json.writeNumberField("promptTokens", record.promptTokens());
      json.writeNumberField("plannedOutputTokens", record.plannedOutputTokens());
      json.writeNumberField("outputTokens", record.outputTokens());
      json.writeNumberField("tokenEvents", record.tokenEvents());
      if (record.countedTokens() != record.outputTokens()) {
        json.writeNumberField("countedTokens", record.countedTokens());
      }
      json.writeStringField("outcome", record.outcome().name());
      json.writeStringField("reason", record.reason());
      json.writeNumberField("prefillInstance", record.prefillInstance());
      json.writeNumberField("decodeInstance", record.decodeInstance());
      if (record.completed()) {
        writeSeconds(json, "ttft", record.ttftNanos());
        writeSeconds(json, "tpot", record.tpotNanos());
        writeSeconds(json, "e2e", record.e2eNanos());
      }
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void writeStamps(RequestRecord record, JsonGenerator json) throws IOException {
    writeSeconds(json, "intended", record.intendedNanos());
    if (record.waitNanos() != 0) {
      writeSeconds(json, "released", record.releasedNanos());
    }
    writeSeconds(json, "handed", record.sending().handedNanos());
    writeSeconds(json, "sent", record.sentNanos());
    writeSeconds(json, "written", record.sending().writtenNanos());
    writeSeconds(json, "prefillDone", record.prefillDoneNanos());
    writeSeconds(json, "decodeSent", record.decodeSentNanos());
    writeSeconds(json, "firstByte", record.firstByteNanos());
    writeSeconds(json, "firstToken", record.firstTokenNanos());
    writeSeconds(json, "lastToken", record.lastTokenNanos());
    writeSeconds(json, "end", record.endNanos());
  }

  private static void writeSending(Sending sending, JsonGenerator json) throws IOException {
    json.writeNumberField("connectionsOpened", sending.connectionsOpened());
    writeSeconds(json, "connectTime", sending.connectNanos());
    writeSeconds(json, "connectionIdle", sending.idleNanos());
    if (sending.staleConnection()) {
      json.writeBooleanField("staleConnection", true);
    }
  }

  private static void writeSeconds(JsonGenerator json, String name, long nanos) throws IOException {
    if (nanos != RequestRecord.NEVER) {
      json.writeNumberField(name, BigDecimal.valueOf(nanos, NANOS_DIGITS));
    }
  }

  /**
   * Reads one line back. Fields that it does not know are skipped.
   *
   * @throws IOException when the line is not one whole JSON object, or names an unknown outcome
   */
  static NodeRecord read(String line) throws IOException {
    var fields = new Fields();
    try (JsonParser json = FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.getCurrentName();
        json.nextToken();
        fields.accept(name, json);
      }
    }
    return fields.toRecord();
  }

  /** What has been read of a line so far. */
  private static final class Fields {
    private String node = "";
    private String outcome = "";
    private String reason = "";
    private int index = -1;
    private int promptTokens;
    private int plannedOutputTokens;
    private int outputTokens;
    private int tokenEvents;
    private int countedTokens = -1;
    private int connectionsOpened;
    private boolean staleConnection;
    private int prefillInstance = -1;
    private int decodeInstance = -1;
    private long intended = RequestRecord.NEVER;
    private long released = RequestRecord.NEVER;
    private long handed = RequestRecord.NEVER;
    private long sent = RequestRecord.NEVER;
    private long written = RequestRecord.NEVER;
    private long connectTime = RequestRecord.NEVER;
    private long connectionIdle = RequestRecord.NEVER;
    private long prefillDone = RequestRecord.NEVER;
    private long decodeSent = RequestRecord.NEVER;
    private long firstByte = RequestRecord.NEVER;
    private long firstToken = RequestRecord.NEVER;
    private long lastToken = RequestRecord.NEVER;
    private long end = RequestRecord.NEVER;

    void accept(String name, JsonParser json) throws IOException {
      switch (name) {
        case "node" -> node = json.getText();
        case "outcome" -> outcome = json.getText();
        case "reason" -> reason = json.getText();
        case "index" -> index = json.getIntValue();
        case "promptTokens" -> promptTokens = json.getIntValue();
        case "plannedOutputTokens" -> plannedOutputTokens = json.getIntValue();
        case "outputTokens" -> outputTokens = json.getIntValue();
        case "tokenEvents" -> tokenEvents = json.getIntValue();
        case "prefillInstance" -> prefillInstance = json.getIntValue();
        case "decodeInstance" -> decodeInstance = json.getIntValue();
        case "intended" -> intended = nanos(json);
        case "released" -> released = nanos(json);
        case "handed" -> handed = nanos(json);
        case "sent" -> sent = nanos(json);
        case "written" -> written = nanos(json);
        case "connectTime" -> connectTime = nanos(json);
        case "connectionIdle" -> connectionIdle = nanos(json);
        case "connectionsOpened" -> connectionsOpened = json.getIntValue();
        case "staleConnection" -> staleConnection = json.getBooleanValue();
        case "countedTokens" -> countedTokens = json.getIntValue();
        case "prefillDone" -> prefillDone = nanos(json);
        case "decodeSent" -> decodeSent = nanos(json);
        case "firstByte" -> firstByte = nanos(json);
        case "firstToken" -> firstToken = nanos(json);
        case "lastToken" -> lastToken = nanos(json);
        case "end" -> end = nanos(json);
        default -> json.skipChildren();
      }
    }

    /** Seconds as this class writes them, digit by digit: a million lines have ten million stamps. */
    private static long nanos(JsonParser json) throws IOException {
      char[] text = json.getTextCharacters();
      int from = json.getTextOffset();
      int point = from + json.getTextLength() - NANOS_DIGITS - 1;
      int first = point >= from && text[from] == '-' ? from + 1 : from;
      boolean asWritten = point > first && text[point] == '.' && json.getTextLength() <= LONGEST_STAMP;
      long nanos = 0;
      for (int at = first; asWritten && at <= point + NANOS_DIGITS; at++) {
        int digit = text[at] - '0';
        if (at != point) {
          asWritten = digit >= 0 && digit <= 9;
          nanos = nanos * 10 + digit;
        }
      }
      if (!asWritten) {
        return json.getDecimalValue().movePointRight(NANOS_DIGITS).longValue();
      }
      return first > from ? -nanos : nanos;
    }

    NodeRecord toRecord() throws IOException {
      if (index < 0) {
        throw new IOException("not a request: it has no index");
      }
      try {
        return new NodeRecord(node, new RequestRecord(index, promptTokens, plannedOutputTokens, outputTokens,
            tokenEvents, intended, released == RequestRecord.NEVER ? intended : released, sent, prefillDone, decodeSent,
            firstByte, firstToken, lastToken, end, Outcome.valueOf(outcome), reason, prefillInstance, decodeInstance,
            countedTokens < 0 ? outputTokens : countedTokens,
            new Sending(handed, written, connectionsOpened, connectTime, connectionIdle, staleConnection)));
      } catch (IllegalArgumentException e) {
        throw new IOException("not a request: " + e.getMessage(), e);
      }
    }
  }
}
