package dev.attain.measurement;

/**
 * How a request got from the schedule onto the wire, beside {@link RequestRecord#sentNanos}. Instants are the record's,
 * spans are nanoseconds; {@link RequestRecord#NEVER} where there is none.
 *
 * @param handedNanos when the pacer handed it to its event loop: sent - handed is what the loop was behind, handed -
 *        intended what the pacer was
 * @param writtenNanos when the socket had taken the last byte of the request (of its first call): after sent by the
 *        opening of a connection, and for a long prompt by what the peer's window held it up
 * @param connectionsOpened how many connections were opened for it, 0 to 2; those that were opened ahead are not for it
 * @param connectNanos how long these took to stand, together; part of the service TTFT
 * @param idleNanos how long the connection it was given had been idle, since its last answer or since it was opened
 *        ahead; the longest of two
 * @param staleConnection whether that connection broke before the first byte of the answer: a race between client and
 *        server, and not the server's refusal of this request
 */
public record Sending(long handedNanos, long writtenNanos, int connectionsOpened, long connectNanos, long idleNanos,
    boolean staleConnection) {
  /** Of a request that was not sent, or of which only the stamps of the record are known. */
  public static final Sending UNKNOWN = new Sending(RequestRecord.NEVER, RequestRecord.NEVER, 0, RequestRecord.NEVER,
      RequestRecord.NEVER, false);
}
