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
 * @param release the release it is for now
 * @param text the manifest
 * @param changes what was changed, in the order of the file
 * @param hints what was left as it is but may need a change
 * @param missing the providers and plugins it names that are not installed: the paths of their
 *     names and, for people, what they are ({@code provider ec2})
 */
public record MigratedManifest(
    Release release,
    String text,
    List<Change> changes,
    List<Change> hints,
    Map<String, String> missing) {
  /** With immutable copies of the collections. */
  public MigratedManifest {
    changes = List.copyOf(changes);
    hints = List.copyOf(hints);
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }

  /**
   * Something that was changed, or may have to be.
   *
   * @param location where it stands in the manifest as it was
   * @param path its path from the root
   * @param what what was done: {@code jessie is now trixie}
   * @param why the reason, in a sentence without a full stop
   */
  public record Change(Location location, String path, String what, String why) {}
}
