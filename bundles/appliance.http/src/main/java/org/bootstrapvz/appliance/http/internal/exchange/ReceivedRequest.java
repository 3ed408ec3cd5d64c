/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;

/** A copy of a request. Its texts have passed the {@link InputGate}. */
public final class ReceivedRequest extends ReceivedHead implements Request {
  private final Map<String, String> variables;
  private final Map<String, String> query;
  private final Optional<Identity> caller;
  private final byte[] body;

  private ReceivedRequest(
      ReceivedHead head,
      Map<String, String> variables,
      Map<String, String> query,
      Optional<Identity> caller,
      byte[] body) {
    super(head);
    this.variables = Map.copyOf(variables);
    this.query = Map.copyOf(query);
    this.caller = caller;
    this.body = body;
  }

  /**
   * Copies a request without its body.
   *
   * @param variables the decoded values of the variables in the path
   * @param caller empty if the route needs no authentication
   * @throws HttpProblem with status 400 if a text is not acceptable
   */
  public static ReceivedRequest of(
      HttpServletRequest request, Map<String, String> variables, Optional<Identity> caller)
      throws HttpProblem {
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      InputGate.checkWord(variable.getKey(), variable.getValue());
    }
    return new ReceivedRequest(
        new ReceivedHead(request),
        variables,
        parameters(Optional.ofNullable(request.getQueryString()).orElse("")),
        caller,
        new byte[0]);
  }

  /** The same request with a body. */
  public ReceivedRequest withBody(byte[] bytes) {
    return new ReceivedRequest(this, variables, query, caller, bytes);
  }

  private static Map<String, String> parameters(String text) throws HttpProblem {
    Map<String, String> query = new HashMap<>();
    for (String part : text.split("&")) {
      int equals = part.indexOf('=');
      String name = InputGate.decode("The query", part.substring(0, Math.max(equals, 0)));
      if (equals > 0) {
        String value = InputGate.decode(name, part.substring(equals + 1).replace('+', ' '));
        InputGate.checkWord(name, value);
        query.putIfAbsent(name, value);
      }
    }
    return query;
  }

  @Override
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The path of this route has no variable {" + name + "}");
    }
    return value;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  @Override
  public long query(String name, long fallback, long min, long max) throws HttpProblem {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, together with the range.
    }
    throw HttpProblem.badRequest(
        name + ": \"" + text.get() + "\" is not an integer from " + min + " to " + max);
  }

  @Override
  public String body() throws HttpProblem {
    String text = InputGate.utf8("The body", body);
    InputGate.checkText("The body", text);
    return text;
  }

  @Override
  public <T> T json(Class<T> type) throws HttpProblem {
    return Json.read(body(), type);
  }

  @Override
  public Identity caller() {
    return caller.orElseThrow(
        () -> new IllegalStateException("This route needs no authentication, so it has no caller"));
  }
}
