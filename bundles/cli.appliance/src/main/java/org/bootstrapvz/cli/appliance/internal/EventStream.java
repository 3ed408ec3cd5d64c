/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** The events that a server sends; resumes after a lost connection. */
final class EventStream {
  private static final int ATTEMPTS = 10;

  private final ApplianceClient client;
  private final String path;
  private String last = "";

  EventStream(ApplianceClient client, String path) {
    this.client = client;
    this.path = path;
  }

  /** Passes every event, its type and its data, to a listener until the last one. */
  void read(BiConsumer<String, JsonNode> listener) throws ApplianceException, InterruptedException {
    int failures = 0;
    while (true) {
      String before = last;
      try {
        if (readUntilLost(listener)) {
          return;
        }
      } catch (ApplianceException e) {
        if (failures == ATTEMPTS || e.status() != 0 && e.status() != 503 || last.isEmpty()) {
          throw e;
        }
      }
      failures = before.equals(last) ? failures + 1 : 0;
      if (failures > ATTEMPTS) {
        throw client.lost();
      }
      TimeUnit.SECONDS.sleep(Math.min(failures, 5));
    }
  }

  private boolean readUntilLost(BiConsumer<String, JsonNode> listener)
      throws ApplianceException, InterruptedException {
    ApiRequest request = ApiRequest.of("GET", path).header("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      request = request.header("Last-Event-ID", last);
    }
    ApiResponse response = client.open(request);
    if (response.status() == 204) {
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
          listener.accept(type, client.parse(data));
          last = id;
          type = "";
        }
      }
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      // The next request resumes.
    }
    return false;
  }

  /** The number of the last event that was passed on. */
  Optional<String> last() {
    return Optional.of(last).filter(id -> !id.isEmpty());
  }
}
