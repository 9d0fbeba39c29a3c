package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KvTransferParamsTest {
  private static Optional<String> in(String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    return KvTransferParams.in(bytes, bytes.length).map(found -> new String(found, StandardCharsets.UTF_8));
  }

  @Test
  void theValueIsKeptByteForByte() {
    String value = "{ \"remote_block_ids\" : [[1, 2],[ ]],\"unknown\":1.50e+03 , \"host\":\"w\\u00e4rme ä €\\/\" }";
    assertThat(in("{\"id\":\"ä\",\"choices\":[{\"kv_transfer_params\":{\"not\":\"this\"}}],"
        + "\"kv_transfer_params\": " + value + " ,\"usage\":{}}")).contains(value);
    assertThat(in("{\"kv_transfer_params\":" + value + "}")).contains(value);
  }

  @Test
  void missingNullOrEmptyIsNothing() {
    assertThat(in("{\"choices\":[]}")).isEmpty();
    assertThat(in("{\"kv_transfer_params\":null}")).isEmpty();
    assertThat(in("{\"kv_transfer_params\":{ }}")).isEmpty();
    assertThat(in("{\"kv_transfer_params\":\"yes\"}")).isEmpty();
  }

  @Test
  void anAnswerThatIsNotJsonIsRefused() {
    assertThatThrownBy(() -> in("oh no")).isInstanceOf(MalformedResponseException.class)
        .hasMessage("the answer is not JSON: oh no");
    assertThatThrownBy(() -> in("[]")).hasMessage("the answer is not a JSON object");
  }
}
