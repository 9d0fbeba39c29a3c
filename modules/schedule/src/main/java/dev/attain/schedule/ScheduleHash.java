package dev.attain.schedule;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint that nodes compare before a point starts. */
final class ScheduleHash {
  private static final int LONGS_PER_BLOCK = 8192;

  private ScheduleHash() {}

  static String of(long[] intendedNanos) {
    MessageDigest digest = sha256();
    ByteBuffer block = ByteBuffer.allocate(LONGS_PER_BLOCK * Long.BYTES);
    digest.update(block.putLong(intendedNanos.length).flip());
    for (int from = 0; from < intendedNanos.length; from += LONGS_PER_BLOCK) {
      int count = Math.min(LONGS_PER_BLOCK, intendedNanos.length - from);
      block.clear().asLongBuffer().put(intendedNanos, from, count);
      digest.update(block.limit(count * Long.BYTES));
    }
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must offer SHA-256", e);
    }
  }
}
