package dev.attain.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A peer that writes down what it hears, in words. */
final class Listener implements Peer {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Long> stamps = new ArrayList<>();
  private volatile Wire wire;
  private volatile Throwable cause;

  @Override
  public void connected(Wire opened) {
    wire = opened;
    heard.add("connected");
  }

  @Override
  public void notConnected(Throwable why) {
    cause = why;
    heard.add("not connected");
  }

  @Override
  public void received(ByteBuf data, long nanos) {
    synchronized (this) {
      bytes.writeBytes(ByteBufUtil.getBytes(data));
      stamps.add(nanos);
      notifyAll();
    }
  }

  @Override
  public void closed() {
    heard.add("closed");
  }

  @Override
  public void broken(Throwable why) {
    cause = why;
    heard.add("broken");
  }

  /** What was heard next, bytes apart; "nothing" after 10 s. */
  String next() throws InterruptedException {
    String next = heard.poll(10, TimeUnit.SECONDS);
    return next == null ? "nothing" : next;
  }

  /** The bytes so far, once there are that many. */
  synchronized byte[] bytes(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (bytes.size() < count && System.nanoTime() < deadline) {
      wait(100);
    }
    return bytes.toByteArray();
  }

  synchronized List<Long> stamps() {
    return List.copyOf(stamps);
  }

  Wire wire() {
    return wire;
  }

  Throwable cause() {
    return cause;
  }

  boolean heardNothingMore() {
    return heard.isEmpty();
  }
}
