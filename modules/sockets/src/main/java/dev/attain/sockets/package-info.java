/**
 * Event loops whose connections say when their bytes arrived.
 *
 * <pre>
 * SocketLoop.connect(Destination, Peer) -> Wire               Transport.Kernel: SocketPoller, KernelWire over Linux
 * kernel -> SocketPoller (stamp) -> Peer.received(data, nanos) Transport.Netty:  a channel and a handler; TLS
 * </pre>
 *
 * <p><b>Invariants.</b> A connection belongs to one loop, and its peer hears of it on that loop's thread only: once that
 * it is open or that it will not be, and once that it has ended. A stamp is never in the future and never before the last
 * look at the sockets that found nothing more. Nothing is allocated for a read.
 *
 * <p><b>Why system calls of our own.</b> A client that wakes for each event spends most of its processor time on waking;
 * one that looks at its sockets once in a millisecond spends half of it, but stamps events up to a millisecond late. The
 * kernel notes the arrival of each segment ({@code SO_TIMESTAMPNS}), and it tells only those who read with
 * {@code recvmsg}, which neither the JDK nor Netty does for a stream. With that stamp batching costs no truth. The calls
 * go through the JDK's foreign functions, by reflection, since they are final from Java 22 on and this program is
 * compiled for 21, where they are present too. Where they are not to be had, and for TLS, Netty's channels serve, with a
 * stamp taken at the read.
 *
 * <p><b>What was tried</b>: a receive path in C, one core of a virtual machine (AMD EPYC, Linux 6.18), the server with
 * known delays on the other, loopback, one event of 230 bytes in each segment, 24 ms between those of a stream.
 * Processor time per event at 22,600 and 43,100 events/s, and how much later than the server's own stamp the client's
 * was; ranges are over two or three runs.
 * <table>
 * <caption>receive paths</caption>
 * <tr><th>way</th><th>us at 22.6 k</th><th>us at 43.1 k</th><th>stamp late p50 / p99, us</th><th>verdict</th></tr>
 * <tr><td>wake for each event, stamp at the read</td><td>8.1-8.9</td><td>7.5-8.2</td><td>19-25 / 66-1440</td>
 * <td>what most clients do</td></tr>
 * <tr><td>wake for each event, kernel's stamp</td><td>8.3</td><td>8.1</td><td>3 / 7</td><td>when little happens</td></tr>
 * <tr><td>look each millisecond, stamp at the read</td><td>4.7-6.2</td><td>4.3-5.0</td><td>630-860 / 1230-4400</td>
 * <td>untrue</td></tr>
 * <tr><td><b>look each millisecond, kernel's stamp</b></td><td>4.6-6.4</td><td>5.3-6.1</td><td>3-4 / 7-10</td>
 * <td><b>taken</b></td></tr>
 * <tr><td>look each 2 or 4 ms, kernel's stamp</td><td>5.7, 5.4</td><td>6.8, 6.3</td><td>3-5 / 8-13</td>
 * <td>gains nothing, reacts later</td></tr>
 * <tr><td>delayed acknowledgements ({@code TCP_QUICKACK} off)</td><td>5.5-6.4</td><td>5.1-5.3</td><td>4 / 9-12</td>
 * <td>no gain beyond the noise</td></tr>
 * <tr><td>leave the last byte of each event unread, so that nothing is acknowledged at once</td><td>4.0-4.5</td>
 * <td>3.3-4.1</td><td>3 / 6-10</td><td>not taken: a server with Nagle's algorithm would hold its next token back</td></tr>
 * </table>
 * Of the taken path's time 47 % is the sending of acknowledgements, which on a loopback includes their receipt by the
 * server, 10 % looking for ready sockets and 4 % sleeping; its own code is 5 %. In the whole client, at 33,000 events/s,
 * 66 % of the time is the kernel's, 22 % compiled Java, 10 % the compiler (which ends), the rest the pacer. io_uring was
 * not built in: an earlier prototype on Netty's cost as much as epoll there (17.0-17.7 against 16.3 us), it saves none of
 * the acknowledgements, and containers often forbid it.
 *
 * <p><b>Decisions.</b>
 * <ul>
 * <li>A pause grows with the traffic ({@link dev.attain.sockets.ReadPace}): none while fewer than two reads would gather,
 * then up to a millisecond, less when some dozens gather sooner. What others wait for (connections being opened, prefill
 * answers, the answers of a closed loop) is never paused for: it is watched by the set that the loop sleeps on.
 * <li>At most 64 sockets are read before the loop's tasks, sends among them, have their turn.
 * <li>Loops sleep with {@code epoll_pwait2} and without the kernel's timer slack, so a request can be given to its loop
 * ahead of time and leaves at its instant without a spinning thread.
 * <li>Wall-clock stamps are moved to the monotonic clock at each look, see {@link dev.attain.sockets.ArrivalClock}.
 * </ul>
 */
package dev.attain.sockets;
