/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.Location;

/**
 * A manifest that was rewritten for another release.
 *
 * @param release the new release
 * @param text the manifest
 * @param changes the changes, in the order of the file
 * @param hints places that were not changed but may have to be
 * @param missing the named providers and plugins that are not installed: the paths of their names,
 *     with a description for messages ({@code provider ec2})
 */
public record MigratedManifest(
    Release release,
    String text,
    List<Change> changes,
    List<Change> hints,
    Map<String, String> missing) {
  /** Copies the collections. */
  public MigratedManifest {
    changes = List.copyOf(changes);
    hints = List.copyOf(hints);
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }

  /**
   * A change, or something that may have to be changed.
   *
   * @param location its location in the original manifest
   * @param path its path from the root
   * @param what the change: {@code jessie is now trixie}
   * @param why the reason, in a sentence without a full stop
   */
  public record Change(Location location, String path, String what, String why) {}
}
