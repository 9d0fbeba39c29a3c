package dev.attain.selftest;

import java.util.Locale;

/**
 * Request line and headers, as far as they matter here.
 *
 * @param method in capitals
 * @param path without its query
 * @param length of the body in bytes
 * @param close whether the connection ends with the answer
 * @param awaitsContinue whether the client holds its body back until it is told to go on
 */
record RequestHead(String method, String path, int length, boolean close, boolean awaitsContinue) {
  /** Far above the longest context there is. */
  private static final int LONGEST_BODY = 64 << 20;

  /** @param text everything before the empty line */
  static RequestHead parse(String text) throws BadRequestException {
    String[] lines = text.split("\r\n");
    String[] request = lines[0].split(" ");
    if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
      throw new BadRequestException(400, "the request line is not one of HTTP/1.1");
    }
    int length = 0;
    boolean close = request[2].equals("HTTP/1.0");
    boolean awaitsContinue = false;
    for (int at = 1; at < lines.length; at++) {
      int colon = lines[at].indexOf(':');
      if (colon <= 0) {
        throw new BadRequestException(400, "a header line has no colon");
      }
      String value = lines[at].substring(colon + 1).strip();
      switch (lines[at].substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = length(value);
        case "connection" -> close |= value.equalsIgnoreCase("close");
        case "expect" -> awaitsContinue = value.equalsIgnoreCase("100-continue");
        case "transfer-encoding" -> throw new BadRequestException(411, "a body needs a Content-Length here");
        default -> {}
      }
    }
    int query = request[1].indexOf('?');
    return new RequestHead(request[0], query < 0 ? request[1] : request[1].substring(0, query), length, close,
        awaitsContinue);
  }

  private static int length(String value) throws BadRequestException {
    if (!value.matches("\\d{1,18}")) {
      throw new BadRequestException(400, "Content-Length is not a number of bytes");
    }
    long length = Long.parseLong(value);
    if (length > LONGEST_BODY) {
      throw new BadRequestException(413, "a body may have 64 MiB at most");
    }
    return (int) length;
  }
}
