/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import tools.jackson.databind.JsonNode;

/** Lists that Google gives page by page. */
final class Pages {
  private Pages() {}

  /** Asks for a page. */
  @FunctionalInterface
  interface Page {
    /**
     * Returns the page.
     *
     * @param token names it; empty for the first
     */
    JsonNode get(String token) throws BuildException;
  }

  /** Returns the elements of all pages. */
  static List<JsonNode> all(Page pages) throws BuildException {
    List<JsonNode> all = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = pages.get(token);
      page.path("items").valueStream().forEach(all::add);
      token = page.path("nextPageToken").asString("");
    } while (!token.isEmpty());
    return all;
  }
}
