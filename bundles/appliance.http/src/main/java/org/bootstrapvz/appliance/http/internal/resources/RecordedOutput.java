/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import tools.jackson.databind.JsonNode;

/** The events and the log of a build: a part of them, or a stream that follows the build. */
final class RecordedOutput {
  private static final int DEFAULT_EVENTS = 200;
  private static final int DEFAULT_LOG_CHARACTERS = 64 * 1024;

  private final BuildEvents events;
  private final EventStreams streams;

  RecordedOutput(BuildEvents events, EventStreams streams) {
    this.events = events;
    this.streams = streams;
  }

  Response events(long id, boolean ended, Request request) throws HttpProblem {
    long after = position(request, "after");
    if (!wantsStream(request)) {
      int limit = (int) request.query("limit", DEFAULT_EVENTS, 1, 10_000);
      return Response.json(
          200,
          Map.of(
              "events", events.events(id, after, limit).stream().map(EventDocument::of).toList()));
    }
    if (ended && reconnects(request) && events.events(id, after, 1).isEmpty()) {
      return Response.empty(204); // makes a browser stop reconnecting
    }
    return streams.follow(
        id,
        request,
        new EventStreams.Reader() {
          private long last = after;

          @Override
          public String read() {
            StringBuilder text = new StringBuilder();
            for (RecordedEvent event : events.events(id, last, DEFAULT_EVENTS)) {
              text.append(
                  EventStreams.event(event.sequence(), event.type(), EventDocument.of(event)));
              last = event.sequence();
            }
            return text.toString();
          }
        });
  }

  /** An event, whose data is already JSON. */
  record EventDocument(long sequence, Instant time, String type, JsonNode data) {
    static EventDocument of(RecordedEvent event) {
      return new EventDocument(
          event.sequence(), event.time(), event.type(), Json.parse(event.data()));
    }
  }

  /** A part of a log. */
  record LogDocument(long offset, long next, String text) {}

  Response log(long id, boolean ended, Request request) throws HttpProblem {
    long offset = position(request, "offset");
    if (!wantsStream(request)) {
      int limit = (int) request.query("limit", DEFAULT_LOG_CHARACTERS, 1, 1024 * 1024);
      LogText part = events.log(id, offset, limit);
      return Response.text(200, part.text())
          .withHeader("Log-Offset", Long.toString(part.offset()))
          .withHeader("Log-Next-Offset", Long.toString(part.next()));
    }
    if (ended && reconnects(request) && events.log(id, offset, 1).text().isEmpty()) {
      return Response.empty(204);
    }
    return streams.follow(
        id,
        request,
        new EventStreams.Reader() {
          private long next = offset;

          @Override
          public String read() {
            LogText part = events.log(id, next, DEFAULT_LOG_CHARACTERS);
            next = part.next();
            return part.text().isEmpty()
                ? ""
                : EventStreams.event(
                    next, "log", new LogDocument(part.offset(), next, part.text()));
          }
        });
  }

  private static boolean wantsStream(Request request) {
    return request
        .header("Accept")
        .filter(accept -> accept.contains("text/event-stream"))
        .isPresent();
  }

  /** Where a stream continues: after what the client received last, or where the query says. */
  private static long position(Request request, String parameter) throws HttpProblem {
    Optional<String> last =
        request.header("Last-Event-ID").filter(value -> value.matches("\\d{1,18}"));
    return last.isPresent()
        ? Long.parseLong(last.get())
        : request.query(parameter, 0, 0, Long.MAX_VALUE);
  }

  private static boolean reconnects(Request request) {
    return request.header("Last-Event-ID").isPresent();
  }
}
