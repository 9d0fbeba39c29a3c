package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.models.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is not ours, the official one, uses the simulator. It checks every object against OpenAI's schema. */
@StartsProcesses
class OpenAiClientTest {
  private static final String MODEL = "qwen3-0.6b";
  private static final long TOKENS = 12;
  private static final ChatCompletionStreamOptions WITH_USAGE = ChatCompletionStreamOptions.builder()
      .includeUsage(true).build();

  @TempDir
  static Path folder;

  private static AttainProcess engine;
  private static OpenAIClient client;

  @BeforeAll
  static void startEngine() {
    engine = AttainProcess.start(folder, "simulate-engine", "--model", MODEL, "--port", "0");
    String address = engine.awaitLine("server on (http://\\S+)").group(1);
    engine.awaitLine("startup complete");
    client = OpenAIOkHttpClient.builder().baseUrl(address + "/v1").apiKey("none").timeout(Duration.ofMinutes(1))
        .maxRetries(0).build();
  }

  @AfterAll
  static void stopEngine() {
    client.close();
    engine.signal("TERM");
    assertThat(engine.awaitEnd(AttainProcess.PATIENCE).err()).doesNotContain("\tat ");
    engine.close();
  }

  @Test
  void listsItsModel() {
    assertThat(client.models().list().data()).extracting(Model::id).containsExactly(MODEL);
  }

  @Test
  void streamsAChat() {
    ChatCompletionCreateParams chat = ChatCompletionCreateParams.builder().model(MODEL).addUserMessage("Who are you?")
        .maxCompletionTokens(TOKENS).streamOptions(WITH_USAGE).build();

    List<ChatCompletionChunk> chunks;
    try (StreamResponse<ChatCompletionChunk> answer = client.chat().completions().createStreaming(chat)) {
      chunks = answer.stream().toList();
    }

    assertThat(chunks).allSatisfy(ChatCompletionChunk::validate);
    assertThat(chunks.stream().flatMap(chunk -> chunk.choices().stream())
        .flatMap(choice -> choice.delta().content().stream()).filter(text -> !text.isEmpty())).hasSize((int) TOKENS);
    assertThat(chunks.stream().flatMap(chunk -> chunk.choices().stream())
        .flatMap(choice -> choice.finishReason().stream())).singleElement().hasToString("length");
    assertUsage(chunks.getLast().usage().orElseThrow());
  }

  @Test
  void streamsACompletionOfTokenIds() {
    CompletionCreateParams completion = CompletionCreateParams.builder().model(MODEL)
        .promptOfArrayOfTokens(LongStream.range(100, 140).boxed().toList()).maxTokens(TOKENS)
        .streamOptions(WITH_USAGE).build();

    List<Completion> chunks;
    try (StreamResponse<Completion> answer = client.completions().createStreaming(completion)) {
      chunks = answer.stream().toList();
    }

    assertThat(chunks.stream().flatMap(chunk -> chunk.choices().stream()).map(choice -> choice.text())
        .filter(text -> !text.isEmpty())).hasSize((int) TOKENS);
    assertUsage(chunks.getLast().usage().orElseThrow());
    assertThat(chunks.getLast().usage().orElseThrow().promptTokens()).isEqualTo(40);
  }

  @Test
  void answersInOnePieceToo() {
    Completion whole = client.completions().create(
        CompletionCreateParams.builder().model(MODEL).prompt("Once upon a time").maxTokens(TOKENS).build());

    assertThat(whole.validate().choices()).singleElement()
        .satisfies(choice -> assertThat(choice.text()).isNotBlank());
    assertUsage(whole.usage().orElseThrow());
  }

  @Test
  void errorsAreErrorsForOthersToo() {
    CompletionCreateParams unknown = CompletionCreateParams.builder().model("another-model").prompt("x").maxTokens(1)
        .build();

    assertThatThrownBy(() -> client.completions().create(unknown)).isInstanceOf(NotFoundException.class)
        .hasMessageContaining("another-model");
  }

  private static void assertUsage(CompletionUsage usage) {
    assertThat(usage.completionTokens()).isEqualTo(TOKENS);
    assertThat(usage.promptTokens()).isPositive();
    assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
  }
}
