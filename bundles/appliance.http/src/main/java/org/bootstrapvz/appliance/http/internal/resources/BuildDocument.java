/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import tools.jackson.databind.node.ObjectNode;

/** A build as a JSON object. */
final class BuildDocument {
  private BuildDocument() {}

  /** Everything about a build except what has a resource of its own. */
  static ObjectNode of(BuildDetails build) {
    ObjectNode json = (ObjectNode) Json.tree(build.summary());
    json.set("problems", Json.tree(build.problems()));
    json.set("tasks", Json.tree(build.tasks()));
    json.set("artefacts", Json.tree(artefacts(build)));
    json.set("bundles", Json.tree(build.bundles()));
    json.set("phases", Json.tree(build.phases()));
    json.set("notReleased", Json.tree(build.notReleased()));
    json.set("actions", Json.tree(build.actions()));
    return json;
  }

  /** The artefacts of a build. */
  static List<Map<String, Object>> artefacts(BuildDetails build) {
    return build.artefacts().stream().map(BuildDocument::artefact).toList();
  }

  /** An artefact, without its path on the disk of the appliance. */
  private static Map<String, Object> artefact(Artefact artefact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", artefact.name());
    if (artefact instanceof Artefact.Local local) {
      json.put("size", local.size());
      json.put("sizeOnDisk", local.sizeOnDisk());
      json.put("sha256", local.sha256());
    } else if (artefact instanceof Artefact.Remote remote) {
      json.put("kind", remote.kind());
      json.put("account", remote.account());
      json.put("region", remote.region());
      json.put("link", remote.link());
    }
    return json;
  }
}
