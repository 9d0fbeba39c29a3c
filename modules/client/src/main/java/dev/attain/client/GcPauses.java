package dev.attain.client;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Remembers the longest stop of the JVM by its garbage collector while open. Collectors report whole milliseconds. */
final class GcPauses implements NotificationListener, AutoCloseable {
  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  private final AtomicLong longestMillis = new AtomicLong();
  private final List<NotificationEmitter> emitters;

  GcPauses() {
    emitters = ManagementFactory.getGarbageCollectorMXBeans().stream().filter(GcPauses::stopsTheJvm)
        .filter(NotificationEmitter.class::isInstance).map(NotificationEmitter.class::cast).toList();
    emitters.forEach(emitter -> emitter.addNotificationListener(this, null, null));
  }

  /** Beans for concurrent work report times in which the application went on. */
  private static boolean stopsTheJvm(GarbageCollectorMXBean bean) {
    String name = bean.getName().toLowerCase(Locale.ROOT);
    return !name.contains("concurrent") && !name.endsWith("cycles");
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      long millis = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()).getGcInfo()
          .getDuration();
      longestMillis.accumulateAndGet(millis, Math::max);
    }
  }

  long longestNanos() {
    return longestMillis.get() * NANOS_PER_MILLISECOND;
  }

  /** Forgets what has been so far. */
  void forget() {
    longestMillis.set(0);
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters) {
      try {
        emitter.removeNotificationListener(this);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("closed twice", e);
      }
    }
  }
}
