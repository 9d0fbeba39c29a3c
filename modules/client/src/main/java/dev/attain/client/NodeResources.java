package dev.attain.client;

import java.util.Optional;

/**
 * What connections take from this node. Everything but the failures is empty where the system does not tell.
 *
 * @param descriptors of this process
 * @param ports the local ports for connections
 * @param tcpSocketsPeak the most TCP sockets, open or not yet forgotten (TIME_WAIT), that were seen on this machine,
 *        looking once a second
 * @param failedForDescriptors connections that could not be opened for want of descriptors
 * @param failedForPorts connections that could not be opened for want of local ports
 * @param firstFailure the sentence of the first of them; empty when there was none
 */
public record NodeResources(Optional<Descriptors> descriptors, Optional<PortRange> ports, Optional<Long> tcpSocketsPeak,
    long failedForDescriptors, long failedForPorts, String firstFailure) {}
