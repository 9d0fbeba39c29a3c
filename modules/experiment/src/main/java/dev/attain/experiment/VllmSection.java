package dev.attain.experiment;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the keys of {@code engine} that only vLLM has. */
final class VllmSection {
  private static final List<String> BUFFER_DEVICES = List.of("cuda", "cpu", "xpu");
  private static final String LEASE_FIELD = "kv_lease_duration";
  private static final int LONGEST_SEQUENCE = 1 << 24;

  private VllmSection() {}

  static Engine.Vllm read(Section section) {
    var launch = LaunchSection.read(section, "vllm", "serve");
    return new Engine.Vllm(launch, memory(section.get("gpu-memory-utilization"), launch.gpus().instancesPerGpu()),
        section.optional("max-model-len").map(each -> Numbers.whole(each, 2, LONGEST_SEQUENCE)),
        section.optional("dtype").flatMap(Setting::text),
        section.optional("load-format").flatMap(Setting::text),
        transfer(section.section("kv-transfer")));
  }

  private static double memory(Setting setting, int instancesPerGpu) {
    double memory = Numbers.fraction(setting, "0.8");
    if (memory * instancesPerGpu > 1) {
      setting.problem("%s for each of %d instances on a GPU is more than there is; write %s or less".formatted(
          setting.written(), instancesPerGpu, Math.floor(100.0 / instancesPerGpu) / 100));
    }
    return memory;
  }

  private static KvTransfer transfer(Section section) {
    var transfer = new KvTransfer(
        section.get("connector").oneOf(KvTransfer.CONNECTORS, "a connector that attain knows")
            .orElse(KvTransfer.PLAIN.connector()),
        section.optional("buffer-device")
            .flatMap(each -> each.oneOf(BUFFER_DEVICES, "a device with memory to register")),
        section.optional("lease").map(VllmSection::lease), extra(section.get("extra")));
    section.close();
    return transfer;
  }

  /** vLLM counts it in whole seconds. */
  private static Duration lease(Setting setting) {
    var lease = Durations.positive(setting, DurationUnit.SECONDS);
    if (lease.toNanosPart() != 0) {
      setting.problem(setting.written() + " is not a whole number of seconds; write for example 60 s");
    }
    return lease;
  }

  private static Map<String, String> extra(Setting setting) {
    var extra = new LinkedHashMap<String, String>();
    if (!(setting.value() instanceof ConfigObject object)) {
      setting.problem("must be a section in { }, one setting of the connector with its value on a line");
      return extra;
    }
    if (object.containsKey(LEASE_FIELD)) {
      setting.inside(LEASE_FIELD, object.get(LEASE_FIELD)).problem("has a key of its own; write kv-transfer.lease");
    }
    object.keySet().stream().sorted()
        .forEach(name -> extra.put(name, object.get(name).render(ConfigRenderOptions.concise())));
    return extra;
  }
}
