package dev.attain.experiment;

import dev.attain.workload.LengthDistribution;
import dev.attain.workload.PromptForm;
import dev.attain.workload.RequestShape;
import dev.attain.workload.ShapeSource;
import dev.attain.workload.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads {@code workload}. */
final class WorkloadSection {
  private static final String SYNTHETIC = "synthetic";

  private enum Kind { LENGTHS, TRACE }

  private enum Order { SHUFFLED, RECORDED }

  private WorkloadSection() {}

  /** Does not close the section: arrivals may use its trace too. */
  static WorkloadDefinition read(Section section, Traces traces) {
    var form = section.get("prompts-as").choice(PromptForm.class).orElse(PromptForm.TOKEN_IDS);
    var setting = section.get("kind");
    var kind = setting.choice(Kind.class);
    if (kind.isEmpty()) {
      section.abandon();
      return standIn(form);
    }
    return switch (kind.get()) {
      case LENGTHS -> lengths(section, form);
      case TRACE -> rows(section, form, traces);
    };
  }

  static void close(Section section) {
    section.close("with workload.kind = " + section.get("kind").written());
  }

  /** What the bundle's folder is called when nobody says. */
  static String dataset(Section section) {
    boolean recorded = section.get("kind").written().equals("trace");
    return recorded
        ? section.optional("trace").map(each -> Names.ofFile(Path.of(each.written()))).orElse(SYNTHETIC)
        : SYNTHETIC;
  }

  private static WorkloadDefinition lengths(Section section, PromptForm form) {
    var prompt = LengthsSection.read(section.section("prompt-tokens", "tokens"));
    var output = LengthsSection.read(section.section("output-tokens", "tokens"));
    var description = "prompts " + describe(prompt) + ", outputs " + describe(output);
    return new WorkloadDefinition(new ShapeSource.Independent(prompt, output), form, description);
  }

  private static WorkloadDefinition rows(Section section, PromptForm form, Traces traces) {
    var order = section.get("order").choice(Order.class).orElse(Order.SHUFFLED);
    var trace = section.required("trace", "\"data/requests.csv\"").flatMap(traces::read);
    return trace
        .map(recorded -> new WorkloadDefinition(new ShapeSource.Rows(recorded.shapes(), order == Order.SHUFFLED), form,
            describe(recorded) + ", " + Setting.choiceName(order)))
        .orElseGet(() -> standIn(form));
  }

  private static WorkloadDefinition standIn(PromptForm form) {
    return new WorkloadDefinition(new ShapeSource.Rows(List.of(new RequestShape(1, 1)), false), form, "");
  }

  private static String describe(Trace trace) {
    var skipped = trace.skippedRows() == 0 ? "" : " (" + trace.skippedRows() + " without prompt or output left out)";
    return trace.name() + ", " + trace.shapes().size() + " rows" + skipped;
  }

  private static String describe(LengthDistribution lengths) {
    return switch (lengths) {
      case LengthDistribution.Fixed fixed -> "of " + fixed.tokens() + " tokens";
      case LengthDistribution.Uniform uniform -> "of " + uniform.minimum() + " to " + uniform.maximum() + " tokens";
      case LengthDistribution.Lognormal lognormal -> String.format(Locale.ROOT, "lognormal(%s, %s), %d to %d tokens",
          lognormal.mu(), lognormal.sigma(), lognormal.minimum(), lognormal.maximum());
      case LengthDistribution.Empirical empirical -> "from " + empirical.observed().size() + " observed lengths";
    };
  }
}
