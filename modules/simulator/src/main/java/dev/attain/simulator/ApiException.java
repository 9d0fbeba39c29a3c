package dev.attain.simulator;

import java.util.OptionalLong;

/** A request that is answered with an error, in vLLM's words: HTTP status, kind, the field at fault if it is one. */
final class ApiException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String kind;
  private final String field;
  private final transient OptionalLong retryAfterSeconds;

  private ApiException(int status, String kind, String field, String message) {
    this(status, kind, field, message, OptionalLong.empty());
  }

  private ApiException(int status, String kind, String field, String message, OptionalLong retryAfterSeconds) {
    super(message, null, false, false);
    this.retryAfterSeconds = retryAfterSeconds;
    this.status = status;
    this.kind = kind;
    this.field = field;
  }

  /** A value that does not fit. */
  static ApiException badRequest(String field, String message) {
    return new ApiException(400, "BadRequestError", field, message);
  }

  /** A body that is not JSON or does not have the expected shape. */
  static ApiException badBody(String message) {
    return new ApiException(400, "Bad Request", "", message);
  }

  /** A field that the server does not know, where it does not ignore those. */
  static ApiException unknownField(String field) {
    return new ApiException(422, "Unprocessable Entity", field, "Unexpected field in the request: " + field);
  }

  static ApiException unknownModel(String model) {
    return new ApiException(404, "NotFoundError", "model", "The model `" + model + "` does not exist.");
  }

  static ApiException notFound() {
    return new ApiException(404, "NotFoundError", "", "Not Found");
  }

  static ApiException wrongMethod() {
    return new ApiException(405, "MethodNotAllowedError", "", "Method Not Allowed");
  }

  static ApiException unauthorized() {
    return new ApiException(401, "UnauthorizedError", "", "Unauthorized");
  }

  static ApiException internal() {
    return new ApiException(500, "InternalServerError", "", "Internal server error");
  }

  /** Refused as by a server that is full. */
  static ApiException tooMany(long retryAfterSeconds) {
    return new ApiException(429, "TooManyRequestsError", "", "Too many requests", OptionalLong.of(retryAfterSeconds));
  }

  /** Value of the answer's {@code Retry-After}, if it has one. */
  OptionalLong retryAfterSeconds() {
    return retryAfterSeconds;
  }

  int status() {
    return status;
  }

  /** The error object of vLLM's answers. */
  String body() {
    return Json.object(root -> {
      var error = root.putObject("error");
      error.put("message", getMessage());
      error.put("type", kind);
      if (field.isEmpty()) {
        error.putNull("param");
      } else {
        error.put("param", field);
      }
      error.put("code", status);
    });
  }
}
