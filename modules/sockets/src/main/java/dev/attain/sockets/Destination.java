package dev.attain.sockets;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where to connect.
 *
 * @param address of the server
 * @param host the server's name, which its certificate must bear
 * @param tls whether to speak TLS
 * @param patience how long to wait for the connection
 * @param prompt whether an answer makes something else happen (the next leg of a request): then its bytes are read the
 *        moment they come, instead of together with those of others
 */
public record Destination(InetSocketAddress address, String host, boolean tls, Duration patience, boolean prompt) {}
