package dev.attain.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The calls of a lane that have no outcome yet. Adding and removing take constant time and allocate nothing lasting. */
final class OpenCalls {
  private final List<Call> calls = new ArrayList<>();

  void add(Call call) {
    call.slot(calls.size());
    calls.add(call);
  }

  void remove(Call call) {
    Call last = calls.removeLast();
    if (last != call) {
      calls.set(call.slot(), last);
      last.slot(call.slot());
    }
  }

  /** Calls may leave while they are visited. */
  void forEach(Consumer<Call> visitor) {
    // From the end: what takes a leaving call's place has been visited already.
    for (int at = calls.size() - 1; at >= 0; at--) {
      visitor.accept(calls.get(at));
    }
  }
}
