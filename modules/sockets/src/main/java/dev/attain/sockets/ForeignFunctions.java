package dev.attain.sockets;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Functions of the C library as method handles. The JDK's interface for them is final from version 22 on, while this
 * program is compiled for 21, so it is reached by reflection: once, at the start; the handles themselves cost what a
 * direct call costs. Pointers are passed as {@code long}.
 */
final class ForeignFunctions {
  private static final long ERRNO_BYTES = 4;

  private final Class<?> linkerType;
  private final Object linker;
  private final Class<?> segmentType;
  private final Class<?> layoutType;
  private final Class<?> optionType;

  private ForeignFunctions() throws ReflectiveOperationException {
    linkerType = Class.forName("java.lang.foreign.Linker");
    linker = linkerType.getMethod("nativeLinker").invoke(null);
    segmentType = Class.forName("java.lang.foreign.MemorySegment");
    layoutType = Class.forName("java.lang.foreign.MemoryLayout");
    optionType = Class.forName("java.lang.foreign.Linker$Option");
  }

  /** Empty, or a reason why there are none. */
  static Optional<ForeignFunctions> available() {
    try {
      return Optional.of(new ForeignFunctions());
    } catch (ReflectiveOperationException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * A function that says by -1 that it failed, and why in {@code errno}. The handle's first argument, an
   * {@code Object}, is where that number goes: what {@link #errnoAt} made.
   *
   * @param result {@code int.class} or {@code long.class}; so each of {@code arguments}
   * @throws ReflectiveOperationException when the C library has no such function, or this JDK refuses
   */
  MethodHandle function(String name, Class<?> result, Class<?>... arguments) throws ReflectiveOperationException {
    Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
    Optional<?> symbol = (Optional<?>) Class.forName("java.lang.foreign.SymbolLookup").getMethod("find", String.class)
        .invoke(lookup, name);
    if (symbol.isEmpty()) {
      throw new NoSuchMethodException("the C library has no " + name);
    }
    Object options = Array.newInstance(optionType, 1);
    Array.set(options, 0, optionType.getMethod("captureCallState", String[].class).invoke(null,
        (Object) new String[]{"errno"}));
    Class<?> descriptorType = Class.forName("java.lang.foreign.FunctionDescriptor");
    Method downcall = linkerType.getMethod("downcallHandle", segmentType, descriptorType,
        options.getClass());
    MethodHandle handle = (MethodHandle) downcall.invoke(linker, symbol.get(), descriptor(descriptorType, result,
        arguments), options);
    List<Class<?>> types = new ArrayList<>(List.of(arguments));
    types.addFirst(Object.class);
    return handle.asType(MethodType.methodType(result, types));
  }

  private Object descriptor(Class<?> descriptorType, Class<?> result, Class<?>... arguments)
      throws ReflectiveOperationException {
    Object layouts = Array.newInstance(layoutType, arguments.length);
    for (int at = 0; at < arguments.length; at++) {
      Array.set(layouts, at, layout(arguments[at]));
    }
    return descriptorType.getMethod("of", layoutType, layouts.getClass()).invoke(null, layout(result), layouts);
  }

  private static Object layout(Class<?> type) throws ReflectiveOperationException {
    return Class.forName("java.lang.foreign.ValueLayout").getField(type == int.class ? "JAVA_INT" : "JAVA_LONG")
        .get(null);
  }

  /** Four bytes of native memory that receive {@code errno}. */
  Object errnoAt(long address) throws ReflectiveOperationException {
    Object nowhere = segmentType.getMethod("ofAddress", long.class).invoke(null, address);
    return segmentType.getMethod("reinterpret", long.class).invoke(nowhere, ERRNO_BYTES);
  }
}
