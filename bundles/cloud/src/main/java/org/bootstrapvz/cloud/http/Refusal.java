/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.value.VisibleText;
import tools.jackson.databind.JsonNode;

/** The message about a response that is not the expected one. */
public final class Refusal {
  private static final int MAX_LENGTH = 300;

  private Refusal() {}

  /**
   * Returns {@code The SERVER at ADDRESS WHAT (status STATUS: TEXT OF THE SERVER)}, and what this
   * status means where it does not depend on the cloud. The address has neither path nor query.
   */
  public static String describe(Server who, String what, Response response) {
    return describe(who, what, response, said(response));
  }

  /**
   * Returns the same with another text.
   *
   * @param text what the server said; empty if it said nothing
   */
  public static String describe(Server who, String what, Response response, String text) {
    String said = line(text);
    return "The "
        + who.name()
        + " at "
        + response.address().resolve("/")
        + " "
        + what
        + " (status "
        + response.status()
        + (said.isEmpty() ? "" : ": " + said)
        + ")"
        + meaning(response);
  }

  private static String meaning(Response response) {
    if (response.status() == HttpURLConnection.HTTP_PROXY_AUTH) {
      return ". The proxy between this machine and the server requires a login";
    }
    if (response.status() / 100 == 3) {
      return ". It redirects to another address, which is not followed";
    }
    if (response.status() / 100 == 4 && response.clockAhead().isPresent()) {
      Duration ahead = response.clockAhead().get();
      return ". The clock of this machine is "
          + ahead.abs().toMinutes()
          + " minutes "
          + (ahead.isNegative() ? "behind" : "ahead of")
          + " that of the server: set it";
    }
    return "";
  }

  /** The text of the server: clouds send JSON with a message somewhere. */
  private static String said(Response response) {
    JsonNode json = response.json();
    String text =
        Stream.of(
                "/error/message", "/message", "/Message", "/title", "/error_description", "/error")
            .map(json::at)
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .findFirst()
            .orElseGet(() -> json.isEmpty() ? plain(response) : "");
    return text;
  }

  private static String line(String text) {
    String line =
        VisibleText.onOneLine(text.lines().map(String::strip).collect(Collectors.joining(" ")))
            .strip();
    return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
  }

  /** Some servers send HTML. */
  private static String plain(Response response) {
    return response.text().replaceAll("(?s)<(script|style|title).*?</\\1>|<[^>]*>", " ");
  }
}
