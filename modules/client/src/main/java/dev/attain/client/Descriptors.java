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

  /** Empty where the system knows no such limit. */
  static Optional<Long> allowed() {
    return system().map(UnixOperatingSystemMXBean::getMaxFileDescriptorCount).filter(limit -> limit > 0);
  }

  /** 0 where the system does not tell. */
  static long inUse() {
    return system().map(UnixOperatingSystemMXBean::getOpenFileDescriptorCount).orElse(0L);
  }
}
