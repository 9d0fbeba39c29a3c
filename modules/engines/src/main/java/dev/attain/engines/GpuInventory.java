package dev.attain.engines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPUs of a machine and which of them NVLink joins directly. Immutable.
 *
 * @param links both GPUs of each link, the lower index first
 */
public record GpuInventory(List<Gpu> gpus, Set<Link> links) {
  /** What {@code --query-gpu} is asked for, in this order. */
  static final String FIELDS = "index,uuid,name,memory.total,memory.used,driver_version";
  /** What {@code --query-compute-apps} is asked for, in this order. */
  static final String PROCESS_FIELDS = "gpu_uuid,pid,used_memory,process_name";

  private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m");
  private static final Pattern DEVICE = Pattern.compile("GPU(\\d+)");
  private static final Pattern NVLINK = Pattern.compile("NV\\d+");

  /** Two GPUs with NVLink between them. */
  public record Link(int lower, int upper) {}

  public GpuInventory {
    gpus = List.copyOf(gpus);
    links = Set.copyOf(links);
  }

  /**
   * Reads what nvidia-smi prints.
   *
   * @param query of {@code --query-gpu} with the fields above and {@code --format=csv,noheader,nounits}
   * @param processes of {@code --query-compute-apps}, likewise; what is not understood of it counts as no process
   * @param topology of {@code topo -m}; what is not understood of it counts as no link
   * @throws IllegalArgumentException when {@code query} is something else; the message is a sentence for the user
   */
  static GpuInventory parse(String query, String processes, String topology) {
    Map<String, List<GpuProcess>> users = users(processes);
    return new GpuInventory(
        query.lines().filter(line -> !line.isBlank()).map(line -> gpu(line, users)).toList(), links(topology));
  }

  /** Processes by the UUID of their GPU; a name may hold commas. */
  private static Map<String, List<GpuProcess>> users(String processes) {
    Map<String, List<GpuProcess>> users = new HashMap<>();
    for (String line : processes.lines().toList()) {
      String[] fields = line.split(",", 4);
      if (fields.length == 4 && number(fields[1]).isPresent()) {
        users.computeIfAbsent(fields[0].strip(), uuid -> new ArrayList<>()).add(
            new GpuProcess(number(fields[1]).getAsInt(), number(fields[2]).orElse(0), fields[3].strip()));
      }
    }
    return users;
  }

  public boolean linked(int one, int other) {
    return links.contains(new Link(Math.min(one, other), Math.max(one, other)));
  }

  /**
   * The GPUs that a process may use when its environment says so.
   *
   * @param cudaVisibleDevices as CUDA reads it: indices or starts of UUIDs with commas, up to the first that is neither
   */
  GpuInventory visible(String cudaVisibleDevices) {
    Set<Gpu> visible = new HashSet<>();
    for (String device : cudaVisibleDevices.split(",", -1)) {
      String name = device.strip();
      List<Gpu> named = gpus.stream()
          .filter(gpu -> name.equals(Integer.toString(gpu.index())) || (name.startsWith("GPU-")
              && gpu.uuid().startsWith(name)))
          .toList();
      if (named.isEmpty()) {
        break;
      }
      visible.addAll(named);
    }
    return new GpuInventory(gpus.stream().filter(visible::contains).toList(), links);
  }

  private static Gpu gpu(String line, Map<String, List<GpuProcess>> users) {
    String[] fields = line.split(",", -1);
    OptionalInt index = number(fields[0]);
    if (fields.length < 5 || fields.length > 6 || index.isEmpty()) {
      throw new IllegalArgumentException(
          "nvidia-smi answers \"%s\" where index, uuid, name and memory were asked; see what it says by itself"
              .formatted(line.strip()));
    }
    String uuid = fields[1].strip();
    return new Gpu(index.getAsInt(), uuid, fields[2].strip(), number(fields[3]).orElse(0), number(fields[4]).orElse(0),
        fields.length == 6 ? fields[5].strip() : "", users.getOrDefault(uuid, List.of()));
  }

  private static OptionalInt number(String field) {
    return field.strip().matches("\\d{1,9}")
        ? OptionalInt.of(Integer.parseInt(field.strip()))
        : OptionalInt.empty();
  }

  private static Set<Link> links(String topology) {
    List<Integer> columns = List.of();
    Set<Link> links = new HashSet<>();
    for (String line : COLOURS.matcher(topology).replaceAll("").lines().toList()) {
      String[] words = line.strip().split("\\s+");
      if (columns.isEmpty()) {
        columns = devices(words);
      } else if (DEVICE.matcher(words[0]).matches()) {
        int row = devices(words).getFirst();
        for (int column = 0; column < columns.size() && column + 1 < words.length; column++) {
          if (NVLINK.matcher(words[column + 1]).matches()) {
            links.add(new Link(Math.min(row, columns.get(column)), Math.max(row, columns.get(column))));
          }
        }
      }
    }
    return links;
  }

  /** The GPUs that a line starts with. */
  private static List<Integer> devices(String[] words) {
    List<Integer> devices = new ArrayList<>();
    for (String word : words) {
      Matcher device = DEVICE.matcher(word);
      if (!device.matches()) {
        break;
      }
      devices.add(Integer.parseInt(device.group(1)));
    }
    return devices;
  }
}
