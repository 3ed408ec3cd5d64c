/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request to a fake. */
public final class Call {
  private final HttpExchange exchange;
  private byte[] body = {};
  private boolean read;

  Call(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** Reads the body to its end, if that was not done before. */
  public void read() throws IOException {
    if (!read) {
      body = exchange.getRequestBody().readAllBytes();
      read = true;
    }
  }

  /** Closes the connection. */
  public void close() {
    exchange.close();
  }

  HttpExchange exchange() {
    return exchange;
  }

  /** Returns {@code METHOD /path}, without the query. */
  public String line() {
    return method() + " " + path();
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    return exchange.getRequestURI().getPath();
  }

  URI address() {
    return exchange.getRequestURI();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  byte[] body() {
    return body;
  }

  JsonNode json() throws Rejection {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw new Rejection(400, "The body is not JSON");
    }
  }

  Map<String, String> query() {
    String raw = exchange.getRequestURI().getRawQuery();
    return pairs(raw == null ? "" : raw);
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String each : text.split("&")) {
        String[] pair = each.split("=", 2);
        pairs.put(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "");
      }
    }
    return pairs;
  }

  /** Returns all values of a parameter of the query. */
  List<String> queryAll(String name) {
    return Stream.of(String.valueOf(exchange.getRequestURI().getRawQuery()).split("&"))
        .map(each -> each.split("=", 2))
        .filter(pair -> pair.length == 2 && decoded(pair[0]).equals(name))
        .map(pair -> decoded(pair[1]))
        .toList();
  }

  /** Returns the fields of a form in the body. */
  Map<String, String> form() {
    return pairs(new String(body, StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
