/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.net.URI;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds resources in all compartments of a tenancy, in one region. */
record ResourceSearch(OciClient client, URI base) {
  /** Returns what a query finds; it is some minutes old. */
  List<JsonNode> find(String query) throws BuildException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("type", "Structured").put("query", query);
    return client
        .pages(
            "does not find resources",
            page ->
                OciClient.json(
                    base.resolve(
                        "/20180409/resources?limit=500"
                            + (page.isEmpty() ? "" : "&page=" + OciClient.encoded(page))),
                    "POST",
                    body))
        .stream()
        .flatMap(page -> page.path("items").valueStream())
        .toList();
  }
}
