package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is written anywhere, reading ends in an experiment or in sentences that name where and what. */
class AnyInputTest {
  private static final List<String> VALUES = List.of("null", "0", "1e400", "1e-400", "\"\"", "\"a,b\"", "[]", "[null]",
      "[{}]", "{}", "{ a = 1 }", "trace", "{ kind = trace }", "99999999999999999999");

  @TempDir
  Path folder;

  @Test
  void everyKeyTakesAnyValueWithoutFallingOver() {
    var keys = new TreeSet<>(Reference.packaged().commonKeys());
    keys.addAll(Reference.packaged().root().keySet());
    for (var key : keys) {
      for (var value : VALUES) {
        requireSentences(Sample.minimalAnd(folder, key + " = " + value).problems(), key + " = " + value);
      }
    }
  }

  @Test
  void everyKeyOfADeploymentTakesAnyValueWithoutFallingOver() {
    for (var key : Reference.packaged().keys()) {
      if (key.startsWith("deployments.")) {
        var parts = key.split("\\.", 3);
        for (var value : VALUES) {
          var text = "deployments = [{ name = a, kind = " + parts[1] + ", endpoints = \"http://h:1\", " + parts[2]
              + " = " + value
              + " }]";
          requireSentences(Sample.minimalAnd(folder, text).problems(), text);
        }
      }
    }
  }

  private static void requireSentences(List<String> problems, String input) {
    assertThat(problems).as(input)
        .allSatisfy(problem -> assertThat(problem).matches("(?s)x\\.conf(:\\d+)?: .+"));
  }
}
