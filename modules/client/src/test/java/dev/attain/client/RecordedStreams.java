package dev.attain.client;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whole HTTP answers in the manners of real servers. */
final class RecordedStreams {
  /** An answer, how many token events it has, and what the server says the number of tokens is (-1: nothing). */
  record Stream(String name, byte[] bytes, int tokenEvents, int usage, String reason) {}

  private static final String CHUNKED_HEAD = String.join("\r\n", "HTTP/1.1 200 OK",
      "date: Sun, 22 Nov 2026 10:00:00 GMT", "server: uvicorn", "content-type: text/event-stream; charset=utf-8",
      "Transfer-Encoding: chunked", "", "");

  private RecordedStreams() {}

  static List<Stream> all() {
    return List.of(vllmCompletions(), vllmChat(), errorEvent(), sglangWithNulls(), comments(), trailingSpaces(),
        transformers(), deceivingText(), closeDelimited(), severalDataLines(), sglangCompletions(), sglangError(),
        tensorRtLlmCompletions(), lmdeployCompletions(), lmdeployChat(), lmdeployError());
  }

  /** Answers that the model ended itself, before any limit. */
  static List<Stream> endedByTheModel() {
    return List.of(transformersChatStopped(), transformersCompletionsStopped(), vllmStopped(), lmdeployStopped(),
        plainServerStopped());
  }

  static Stream vllmCompletions() {
    return stream("vLLM completions", 3, 3, "",
        chunk("data: " + completion("\" Hello\"", "null") + "\n\n"),
        chunk("data: " + completion("\"\"", "null") + "\n\n"),
        chunk("data: " + completion("\" wor\\u00e4ld\"", "\"length\"") + "\n\n"),
        chunk("data: " + usage("\"choices\":[]", 3) + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream vllmChat() {
    return stream("vLLM chat with a role chunk", 2, 2, "",
        chunk("data: " + delta("{\"role\":\"assistant\",\"content\":\"\"}", "null") + "\n\n"
            + "data: " + delta("{\"content\":\"Hi\"}", "null") + "\n\n"),
        chunk("data: " + delta("{\"reasoning\":\"so\"}", "\"length\"") + "\n\n"),
        chunk("data: " + usage("\"choices\":[]", 2) + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream errorEvent() {
    return stream("error event after a 200", 1, -1, "error event: Internal server error",
        chunk("data: " + completion("\" one\"", "null") + "\n\n"),
        chunk("data: {\"error\":{\"message\":\"Internal server error\",\"type\":\"InternalServerError\",\"param\":null,"
            + "\"code\":500}}\n\n"),
        chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream sglangWithNulls() {
    return stream("SGLang with explicit nulls", 2, 2, "",
        chunk("data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":null,"
            + "\"tool_calls\":null},\"logprobs\":null,\"finish_reason\":null,\"matched_stop\":null}],\"usage\":null}\n\n"),
        chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":null,\"content\":\"a\",\"reasoning_content\":null,"
            + "\"tool_calls\":null},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null,\"error\":null}\n\n"),
        chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":null,\"content\":null,\"reasoning_content\":\"b\","
            + "\"tool_calls\":null},\"finish_reason\":null}],\"usage\":null}\n\n"),
        chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":null,\"content\":null,\"reasoning_content\":null,"
            + "\"tool_calls\":null},\"finish_reason\":\"length\",\"matched_stop\":null}],\"usage\":null}\n\n"),
        chunk("data: " + usage("\"choices\":[]", 2) + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream comments() {
    return stream("comments, other fields and CRLF", 2, 2, "",
        chunk(": ping\r\n\r\nevent: message\r\nid: 7\r\ndata: " + completion("\"a\"", "null") + "\r\n\r\n"),
        chunk(": keep-alive\r\ndata:" + completion("\"b\"", "\"length\"") + "\r\n\r\n"),
        chunk("retry: 10\r\n\r\ndata: " + usage("\"choices\":[]", 2) + "\r\n\r\ndata: [DONE]\r\n\r\n"), "0\r\n\r\n");
  }

  static Stream trailingSpaces() {
    return stream("TensorRT-LLM with trailing spaces", 2, 2, "",
        chunk("data: " + delta("{\"role\":\"assistant\"}", "null") + " \n\n"),
        chunk("data: " + delta("{\"content\":\"x\"}", "null") + " \n\n"),
        chunk("data: " + delta("{\"content\":\"y\"}", "\"length\"") + "  \n\n"),
        chunk("data: " + usage("\"choices\": [ ]", 2) + "\n\n"), chunk("data: [DONE] \n\n"), "0\r\n\r\n");
  }

  /** No [DONE]; the role chunk comes early; usage in the last chunk with a choice; chunk extensions and trailers. */
  static Stream transformers() {
    return stream("transformers serve", 2, 2, "",
        chunk("data: " + delta("{\"role\": \"assistant\"}", "null") + "\n\n"),
        "3a;name=value\r\n" + pad("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n", 0x3a) + "\r\n",
        chunk("data: " + delta("{\"content\":\"y\"}", "null") + "\n\ndata: "
            + usage("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]", 2) + "\n\n"),
        "0\r\nX-Trailer: 1\r\n\r\n");
  }

  /** Usage only at the end, in a chunk with a choice and an empty delta; no [DONE]. */
  static Stream transformersChatStopped() {
    return stream("transformers serve chat, stopped", 2, 2, "",
        chunk("data: " + delta("{\"role\":\"assistant\"}", "null") + "\n\n"),
        chunk("data: " + delta("{\"content\":\"x\"}", "null") + "\n\n"),
        chunk("data: " + delta("{\"content\":\"y\"}", "null") + "\n\ndata: "
            + usage("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", 2) + "\n\n"),
        "0\r\n\r\n");
  }

  static Stream transformersCompletionsStopped() {
    return stream("transformers serve completions, stopped", 2, 2, "",
        chunk(
            "data: {\"choices\":[{\"text\":\"x\",\"index\":0}]}\n\ndata: {\"choices\":[{\"text\":\"y\",\"index\":0}]}\n\n"),
        chunk("data: " + usage("\"choices\":[{\"text\":\"\",\"index\":0,\"finish_reason\":\"stop\"}]", 2) + "\n\n"),
        "0\r\n\r\n");
  }

  /** The token that ends the answer has no text but counts. */
  static Stream vllmStopped() {
    return stream("vLLM without ignore_eos, stopped", 2, 3, "",
        chunk("data: " + completion("\"a\"", "null") + "\n\n"), chunk("data: " + completion("\"b\"", "null") + "\n\n"),
        chunk("data: " + completion("\"\"", "\"stop\"") + "\n\n"),
        chunk("data: " + usage("\"choices\":[]", 3) + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream lmdeployStopped() {
    return stream("LMDeploy without ignore_eos, stopped", 1, 2, "",
        chunk("data: " + lmdeploy("\"text\":\"a\"", "null", "null") + "\n\n"),
        chunk("data: " + lmdeploy("\"text\":\"\"", "\"stop\"", "null") + "\n\n"),
        chunk("data: " + usage("\"choices\":[]", 2) + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  /** Counts nothing itself. */
  static Stream plainServerStopped() {
    return stream("a server without usage, stopped", 2, -1, "",
        chunk("data: " + delta("{\"role\":\"assistant\",\"content\":\"\"}", "null") + "\n\n"),
        chunk("data: " + delta("{\"content\":\"x\"}", "null") + "\n\n"),
        chunk("data: " + delta("{\"content\":\"y\"}", "null") + "\n\n"),
        chunk("data: " + delta("{\"content\":\"\"}", "\"stop\"") + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream sglangCompletions() {
    return stream("SGLang completions with explicit nulls", 2, 2, "",
        chunk(
            "data: {\"id\":\"1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"text\":\"a\",\"logprobs\":null,\"finish_reason\":null,\"matched_stop\":null,\"hidden_states\":null}],"
                + "\"usage\":null,\"metadata\":null}\n\n"),
        chunk("data: {\"choices\":[{\"index\":0,\"text\":\"b\",\"logprobs\":null,\"finish_reason\":\"length\","
            + "\"matched_stop\":null}],\"usage\":null}\n\n"),
        chunk("data: " + usage("\"choices\":[]", 2) + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream sglangError() {
    return stream("SGLang with an error among the events", 1, -1, "error event: out of memory",
        chunk("data: {\"choices\":[{\"index\":0,\"text\":\"a\",\"finish_reason\":null}],\"usage\":null}\n\n"),
        chunk("data: {\"error\": {\"object\": \"error\", \"message\": \"out of memory\", \"type\":"
            + " \"InternalServerError\", \"param\": null, \"code\": 500}}\n\n"),
        chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream tensorRtLlmCompletions() {
    return stream("TensorRT-LLM completions with nulls and trailing spaces", 2, 2, "",
        chunk("data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"text\":\"a\",\"token_ids\":null,\"logprobs\":null,"
            + "\"finish_reason\":null,\"stop_reason\":null,\"disaggregated_params\":null}],\"usage\":null} \n\n"),
        chunk("data: {\"choices\":[{\"index\":0,\"text\":\"b\",\"finish_reason\":\"length\",\"stop_reason\":null,"
            + "\"disaggregated_params\":null}],\"usage\":null} \n\n"),
        chunk("data: " + usage("\"choices\":[]", 2) + " \n\n"), chunk("data: [DONE] \n\n"), "0\r\n\r\n");
  }

  static Stream lmdeployCompletions() {
    return stream("LMDeploy completions with usage null in each chunk", 2, 3, "",
        chunk("data: " + lmdeploy("\"text\":\"a\"", "null", "null") + "\n\n"),
        chunk("data: " + lmdeploy("\"text\":\"b c\"", "\"length\"", "null") + "\n\n"),
        chunk("data: " + usage("\"choices\":[]", 3) + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  /** Every delta has a role. */
  static Stream lmdeployChat() {
    String delta = "\"delta\":{\"role\":\"assistant\",\"content\":%s,\"reasoning_content\":null,\"tool_calls\":null}";
    return stream("LMDeploy chat with a role in each chunk", 2, 2, "",
        chunk("data: " + lmdeploy(delta.formatted("\"a\""), "null", "null") + "\n\n"),
        chunk("data: " + lmdeploy(delta.formatted("\"b\""), "null", "null") + "\n\n"),
        chunk("data: " + lmdeploy(delta.formatted("\"\""), "\"length\"", "null") + "\n\n"),
        chunk("data: " + usage("\"choices\":[]", 2) + "\n\n"), chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  static Stream lmdeployError() {
    return stream("LMDeploy with an error before [DONE]", 0, -1, "error event: session aborted",
        chunk("data: {\"object\":\"error\",\"message\":\"session aborted\",\"code\":500}\n\n"),
        chunk("data: [DONE]\n\n"), "0\r\n\r\n");
  }

  private static String lmdeploy(String text, String finishReason, String usage) {
    return "{\"id\":\"7\",\"object\":\"chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0," + text
        + ",\"gen_tokens\":null,\"logprobs\":null,\"finish_reason\":" + finishReason + "}],\"usage\":" + usage + "}";
  }

  /** Generated text that looks like structure; and no usage at all, so that events are counted. */
  static Stream deceivingText() {
    return stream("text that looks like JSON", 2, -1, "",
        chunk("data: " + completion("\"\\\"error\\\":{}, \\\"choices\\\":[] }]\\\\\"", "null") + "\n\n"),
        chunk("data: " + completion("\"data: [DONE]\\n\\n\"", "\"stop\"") + "\n\n"), chunk("data: [DONE]\n\n"),
        "0\r\n\r\n");
  }

  static Stream closeDelimited() {
    String body = "data: " + completion("\"a\"", "null") + "\n\ndata: " + completion("\"b\"", "\"length\"")
        + "\n\ndata: " + usage("\"choices\":[]", 2);
    return new Stream("ended by the connection, without a last line feed",
        bytes("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body), 2, 2, "");
  }

  static Stream severalDataLines() {
    String body = """
      data: {"choices":
      data: [{"text":"a",
      data: "finish_reason":"length"}]}

      data: [DONE]

      """;
    return new Stream("several data lines of one event, with a length",
        bytes("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body), 1, -1, "");
  }

  private static Stream stream(String name, int tokenEvents, int usage, String reason, String... chunks) {
    return new Stream(name, bytes(CHUNKED_HEAD + String.join("", chunks)), tokenEvents, usage, reason);
  }

  private static String completion(String text, String finishReason) {
    return "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
        + "\"text\":" + text + ",\"logprobs\":null,\"finish_reason\":" + finishReason + ",\"stop_reason\":null}]}";
  }

  private static String delta(String delta, String finishReason) {
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
        + "[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}";
  }

  private static String usage(String choices, int completionTokens) {
    return "{\"id\":\"1\",\"object\":\"chunk\"," + choices + ",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":9,"
        + "\"completion_tokens\":" + completionTokens + ",\"prompt_tokens_details\":{\"cached_tokens\":0}}}";
  }

  private static String chunk(String data) {
    return Integer.toHexString(bytes(data).length) + "\r\n" + data + "\r\n";
  }

  private static String pad(String data, int length) {
    return ": " + "p".repeat(length - data.length() - 3) + "\n" + data;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
