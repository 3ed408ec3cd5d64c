/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Events that the server sends; goes on where it stopped when the connection breaks. */
final class EventStream {
  private static final int ATTEMPTS = 10;

  private final Server server;
  private final String path;
  private String last = "";

  EventStream(Server server, String path) {
    this.server = server;
    this.path = path;
  }

  /** Hands on every event, its type and its data, until the server says that it was the last. */
  void read(BiConsumer<String, JsonNode> listener) throws ServerException, InterruptedException {
    int failures = 0;
    while (true) {
      String before = last;
      try {
        if (readOn(listener)) {
          return;
        }
      } catch (ServerException e) {
        if (failures == ATTEMPTS || e.status() != 0 && e.status() != 503 || last.isEmpty()) {
          throw e;
        }
      }
      failures = before.equals(last) ? failures + 1 : 0;
      if (failures > ATTEMPTS) {
        throw new ServerException("The connection to " + server.address() + " breaks off");
      }
      TimeUnit.SECONDS.sleep(Math.min(failures, 5));
    }
  }

  private boolean readOn(BiConsumer<String, JsonNode> listener)
      throws ServerException, InterruptedException {
    HttpRequest.Builder request = server.request(path).header("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    var response = server.open(request);
    if (response.statusCode() == 204) {
      return true;
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = "";
      String type = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !type.isEmpty()) {
          if (type.equals("end")) {
            return true;
          }
          listener.accept(type, server.parse(data));
          last = id;
          type = "";
        }
      }
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      // It goes on where it broke off.
    }
    return false;
  }

  /** The number of the last event that was handed on. */
  Optional<String> last() {
    return Optional.of(last).filter(id -> !id.isEmpty());
  }
}
