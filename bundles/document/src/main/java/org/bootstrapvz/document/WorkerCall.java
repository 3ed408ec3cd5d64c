/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.bootstrapvz.api.build.BuildRequest;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a process writes to the standard input of a worker process, one JSON document a line. The
 * worker answers on its standard output with {@link EventDocument event documents}, the last of
 * which is {@code finished}. See docs/developing/worker-protocol.md.
 */
public sealed interface WorkerCall {
  /** The version of the protocol that this class writes and reads. */
  int PROTOCOL = 1;

  /**
   * The first call: asks for a build.
   *
   * @param protocol the version of the protocol that the caller uses
   * @param planningMillis how long the code of a plugin may take while the worker plans
   */
  record Build(int protocol, BuildRequest request, Optional<Long> planningMillis)
      implements WorkerCall {
    /** A request in the version of this class, without a time limit for planning. */
    public Build(BuildRequest request) {
      this(PROTOCOL, request, Optional.empty());
    }

    /** The same request with a time limit for the code of each plugin while it is planned. */
    public Build withPlanningLimit(Duration limit) {
      return new Build(protocol, request, Optional.of(limit.toMillis()));
    }
  }

  /** Cancels the build. The worker releases the resources of the build and reports the result. */
  record Cancel() implements WorkerCall {}

  /**
   * The first call, instead of a request: releases what dead builds with the same state directory
   * left. The worker reports with {@code log} events and ends.
   */
  record Recover() implements WorkerCall {}

  /** Returns the call as JSON on one line. */
  default String json() {
    ObjectNode json = Json.tree(this);
    json.put("type", getClass().getSimpleName().toLowerCase(Locale.ROOT));
    return json.toString();
  }

  /**
   * Reads a call. Unknown members are ignored.
   *
   * @throws IllegalArgumentException if the text is not a call, or has another version of the
   *     protocol; the message says where and why
   */
  static WorkerCall parse(String json) {
    ObjectNode call = Json.read(json, ObjectNode.class, "call");
    String type = call.path("type").asString("");
    switch (type) {
      case "build":
        int protocol = call.path("protocol").asInt(0);
        if (protocol != PROTOCOL) {
          throw new IllegalArgumentException(
              "The caller uses version "
                  + protocol
                  + " of the protocol, and this worker version "
                  + PROTOCOL
                  + ". Use the same version of bootstrap-vz for both");
        }
        return Json.read(call, Build.class, "call");
      case "cancel":
        return new Cancel();
      case "recover":
        return new Recover();
      default:
        throw new IllegalArgumentException(
            "The text is not a valid call: unknown type \"" + type + "\"");
    }
  }
}
