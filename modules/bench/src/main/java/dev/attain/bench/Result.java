package dev.attain.bench;

import dev.attain.selftest.ServerReport;
import java.util.Optional;

/**
 * One run of one client.
 *
 * @param round counts from 1; in each round all clients had their turn at all loads
 * @param server what the server saw of this run
 * @param outcome empty when the client failed
 * @param problem why it failed; empty when it did not
 */
record Result(String contender, int round, Load load, ServerReport server,
    Optional<Contender.Outcome> outcome, String problem) {}
