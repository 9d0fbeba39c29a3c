package dev.attain.workload;

/**
 * Size of one request.
 *
 * @param promptTokens tokens sent, at least 1
 * @param outputTokens tokens to be generated, at least 1
 */
public record RequestShape(int promptTokens, int outputTokens) {
  public RequestShape {
    if (promptTokens < 1 || outputTokens < 1) {
      throw new IllegalArgumentException("a request needs at least 1 prompt token and 1 output token, but has "
          + promptTokens + " and " + outputTokens);
    }
  }
}
