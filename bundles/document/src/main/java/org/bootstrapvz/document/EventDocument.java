/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.manifest.Manifest;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of a build as JSON documents of one line, so that a build can report to another process.
 * The member {@code type} names the kind of the event: {@code phase-started} for {@link
 * BuildEvent.PhaseStarted}. The other members are those of the event; {@link BuildEvent.Planned}
 * has a {@link PlanDocument} and not the manifest, so no event holds a secret.
 */
public final class EventDocument {
  private static final String NAME = "event document";
  private static final String TYPE = "type";
  private static final String PLAN = "plan";

  private EventDocument() {}

  /** The form of {@link BuildEvent.Planned}. */
  private record Planned(String buildId, PlanDocument plan) {}

  /** Returns an event as JSON on one line. */
  public static String json(BuildEvent event) {
    ObjectNode json;
    if (event instanceof BuildEvent.Planned planned) {
      json = Json.tree(new Planned(planned.buildId(), PlanDocument.of(planned.plan())));
    } else {
      json = Json.tree(event);
    }
    json.put(TYPE, type(event.getClass()));
    return json.toString();
  }

  /**
   * Reads an event.
   *
   * @param manifest the manifest that is built
   * @throws IllegalArgumentException if the text is not an event document; the message says where
   *     and why
   */
  public static BuildEvent parse(String json, Manifest manifest) {
    ObjectNode event = Json.read(json, ObjectNode.class, NAME);
    String type = event.path(TYPE).asString("");
    Class<? extends BuildEvent> kind = kinds().get(type);
    if (kind == null) {
      throw new IllegalArgumentException(
          "The text is not a valid " + NAME + ": unknown type \"" + type + "\"");
    }
    event.remove(TYPE);
    if (kind == BuildEvent.Planned.class) {
      if (!event.path(PLAN).isObject()) {
        throw new IllegalArgumentException("The text is not a valid " + NAME + ": it has no plan");
      }
      Planned planned = Json.read(event, Planned.class, NAME);
      return new BuildEvent.Planned(planned.buildId(), planned.plan().plan(manifest));
    }
    return Json.read(event, kind, NAME);
  }

  /**
   * Returns the line of a {@link BuildEvent.Log}; empty if this is another event.
   *
   * @throws IllegalArgumentException if the text is not an event document
   */
  public static Optional<String> logLine(String json) {
    ObjectNode event = Json.read(json, ObjectNode.class, NAME);
    return event.path(TYPE).asString("").equals(type(BuildEvent.Log.class))
        ? Optional.of(event.path("line").asString(""))
        : Optional.empty();
  }

  private static Map<String, Class<? extends BuildEvent>> kinds() {
    Map<String, Class<? extends BuildEvent>> kinds = new TreeMap<>();
    for (Class<?> kind : BuildEvent.class.getPermittedSubclasses()) {
      kinds.put(type(kind), kind.asSubclass(BuildEvent.class));
    }
    return kinds;
  }

  private static String type(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
