package dev.attain.client;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The file descriptors of this process: every connection takes one.
 *
 * @param limit how many it may have
 * @param peak the most that were seen in use, looking once a second
 */
public record Descriptors(long limit, long peak) {
  private static Optional<UnixOperatingSystemMXBean> system() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? Optional.of(unix)
        : Optional.empty();
  }

  /** How many this process may have; empty where the system knows no such limit. */
  public static Optional<Long> allowed() {
    return system().map(UnixOperatingSystemMXBean::getMaxFileDescriptorCount).filter(limit -> limit > 0);
  }

  /** All of them when counting fails, since it takes a descriptor to count; 0 where the system does not tell. */
  static long inUse() {
    try {
      return system().map(UnixOperatingSystemMXBean::getOpenFileDescriptorCount).orElse(0L);
    } catch (InternalError e) {
      // What the JDK makes of a folder of descriptors that cannot be opened.
      return allowed().orElse(0L);
    }
  }
}
