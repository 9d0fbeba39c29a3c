package dev.attain.sockets;

/** The few errors of Linux that are worth words of their own. Numbers as on x86-64 and arm64, negated. */
enum LinuxError {
  TOO_MANY_FILES_IN_SYSTEM(-23, "Too many open files in system"), TOO_MANY_FILES(-24,
      "Too many open files"), BROKEN_PIPE(
          -32, "Broken pipe"), NO_LOCAL_PORT(-99, "Cannot assign requested address"), NETWORK_UNREACHABLE(-101,
              "Network is unreachable"), RESET(-104, "Connection reset by peer"), TIMED_OUT(-110,
                  "Connection timed out"), REFUSED(-111,
                      "Connection refused"), HOST_UNREACHABLE(-113, "No route to host");

  private final int number;
  private final String words;

  LinuxError(int number, String words) {
    this.number = number;
    this.words = words;
  }

  int number() {
    return number;
  }

  static String words(int number) {
    for (LinuxError error : values()) {
      if (error.number == number) {
        return error.words;
      }
    }
    return "system error " + -number;
  }
}
