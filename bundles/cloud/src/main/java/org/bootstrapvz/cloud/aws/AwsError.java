/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.util.stream.Stream;
import org.bootstrapvz.cloud.http.Response;
import tools.jackson.databind.JsonNode;

/**
 * What a service says about a request that it refused.
 *
 * @param code the kind of error: {@code ThrottlingException}; empty if the response has none
 * @param message for people; may be empty
 */
public record AwsError(String code, String message) {
  /** Reads the error of a response in JSON or XML. */
  public static AwsError of(Response response) {
    JsonNode json = response.json();
    String code =
        response
            .header("x-amzn-ErrorType")
            .orElseGet(() -> json.path("__type").asString(json.path("code").asString("")));
    String message = json.path("message").asString(json.path("Message").asString(""));
    if (!code.isEmpty() || !message.isEmpty()) {
      return new AwsError(code.replaceFirst(":.*", "").replaceFirst("^.*#", ""), message);
    }
    XmlElement xml = XmlElement.parse(response.text());
    return Stream.of(xml.find("Errors", "Error"), xml.find("Error"))
        .filter(error -> !error.text("Code").isEmpty())
        .findFirst()
        .map(error -> new AwsError(error.text("Code"), error.text("Message")))
        .orElse(new AwsError("", ""));
  }

  @Override
  public String toString() {
    return code + (message.isEmpty() || code.isEmpty() ? "" : ": ") + message;
  }
}
