package dev.attain.client;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where each request of a target goes. Pure once the addresses are resolved.
 *
 * @param endpoints all that are ever connected to; each stands at its own number
 * @param route makes the call for a request
 */
record Routes(List<Endpoint> endpoints, Lane.Route route) {
  /** @throws IllegalArgumentException when a URI is unusable or its host unknown */
  static Routes of(Target target, ClientSettings settings) {
    Map<URI, Endpoint> byUri = new LinkedHashMap<>();
    connectedTo(target).forEach(instance -> byUri.computeIfAbsent(instance,
        uri -> Endpoint.of(byUri.size(), uri, handsOver(target, uri), settings)));
    return new Routes(List.copyOf(byUri.values()), route(target, byUri));
  }

  /** The decode leg waits for the prefill instance's answer. */
  private static boolean handsOver(Target target, URI instance) {
    return target instanceof Target.Disaggregated pair && pair.prefill().contains(instance);
  }

  private static Stream<URI> connectedTo(Target target) {
    return switch (target) {
      case Target.Colocated colocated -> colocated.instances().stream();
      case Target.Disaggregated pair -> Stream.concat(pair.prefill().stream(), pair.decode().stream());
      case Target.Routed routed -> routed.endpoints().stream();
      case Target.Sidecars sidecars -> sidecars.decode().stream();
    };
  }

  private static Lane.Route route(Target target, Map<URI, Endpoint> byUri) {
    return switch (target) {
      case Target.Colocated colocated -> inTurn(endpoints(colocated.instances(), byUri));
      case Target.Routed routed -> inTurn(endpoints(routed.endpoints(), byUri));
      case Target.Disaggregated roles -> twoLegs(endpoints(roles.prefill(), byUri), endpoints(roles.decode(), byUri));
      case Target.Sidecars sidecars -> throughSidecars(sidecars.prefill(), endpoints(sidecars.decode(), byUri));
    };
  }

  private static List<Endpoint> endpoints(List<URI> instances, Map<URI, Endpoint> byUri) {
    return instances.stream().map(byUri::get).toList();
  }

  private static Lane.Route inTurn(List<Endpoint> all) {
    return (request, body, lane) -> {
      int instance = request.index() % all.size();
      return new CompletionCall(request, body, lane, new CompletionCall.Way(-1, instance, all.get(instance), ""));
    };
  }

  private static Lane.Route twoLegs(List<Endpoint> prefill, List<Endpoint> decode) {
    return (request, body, lane) -> {
      PairNumbers pair = PairNumbers.of(request.index(), prefill.size(), decode.size());
      return new TwoLegCall(request, body, lane, new TwoLegCall.Pair(pair.prefill(), prefill.get(pair.prefill()),
          pair.decode(), decode.get(pair.decode())));
    };
  }

  private static Lane.Route throughSidecars(List<URI> prefill, List<Endpoint> decode) {
    List<String> headers = prefill.stream().map(uri -> "x-prefiller-host-port: " + Endpoint.hostAndPort(uri)).toList();
    return (request, body, lane) -> {
      PairNumbers pair = PairNumbers.of(request.index(), headers.size(), decode.size());
      return new CompletionCall(request, body, lane, new CompletionCall.Way(pair.prefill(), pair.decode(),
          decode.get(pair.decode()), headers.get(pair.prefill())));
    };
  }

  /** The numbers of the two instances of a request. */
  private record PairNumbers(int prefill, int decode) {
    static PairNumbers of(int index, int prefill, int decode) {
      return new PairNumbers(index % prefill, index / prefill % decode);
    }
  }
}
