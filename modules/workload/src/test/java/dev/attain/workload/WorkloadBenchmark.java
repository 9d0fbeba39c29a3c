package dev.attain.workload;

import dev.attain.workload.LengthDistribution.Fixed;
import dev.attain.workload.ShapeSource.Independent;

/** Prints how long a prompt of 4,000 tokens takes to write on one thread, after warming up. */
public final class WorkloadBenchmark {
  private static final int PROMPTS = 20_000;

  /** Keeps the compiler from leaving prompts out that nobody reads. */
  private static volatile Prompt lastPrompt = new Prompt.Text("");

  private WorkloadBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    for (PromptForm form : PromptForm.values()) {
      Workload workload = Workload.of(new Independent(new Fixed(4000), new Fixed(100)), form,
          new ModelLimits(8192, 128_256), 1);
      double first = microsPerPrompt(workload, 1);
      double best = first;
      for (int round = 0; round < 5; round++) {
        best = Math.min(best, microsPerPrompt(workload, PROMPTS));
      }
      System.out.printf("%-10s first prompt %7.1f us, then %5.1f us%n", form, first, best);
    }
    System.out.println("last prompt: " + lastPrompt.toString().substring(0, 40));
  }

  private static double microsPerPrompt(Workload workload, int prompts) {
    long start = System.nanoTime();
    for (int index = 0; index < prompts; index++) {
      lastPrompt = workload.prompt(index, "benchmark");
    }
    return (System.nanoTime() - start) / 1e3 / prompts;
  }
}
