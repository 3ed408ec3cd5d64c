/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import org.bootstrapvz.api.build.BuildResult;

/** The result of a build as a JSON document. It holds no secrets. */
public final class ResultDocument {
  private ResultDocument() {}

  /** Returns a result as JSON on one line. */
  public static String json(BuildResult result) {
    return Json.compact(result);
  }

  /**
   * Reads a result.
   *
   * @throws IllegalArgumentException if the text is not a result document; the message says where
   *     and why
   */
  public static BuildResult parse(String json) {
    return Json.read(json, BuildResult.class, "result document");
  }
}
