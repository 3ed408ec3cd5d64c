/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where builds of this appliance run.
 *
 * @param appliance name of the appliance, for people
 * @param instance distinguishes it from the other appliances that share the queue
 * @param directory where builds work and artefacts are kept
 * @param scratch for files that need not survive the process
 */
record BuildSite(String appliance, String instance, Path directory, Path scratch) {
  /**
   * The directory of a run of a build; it contains the artefacts when the build has ended. No two
   * runs have the same, so that one that has lost its build overwrites nothing.
   *
   * @param fence the fencing number of the run
   */
  Path directory(long id, long fence) {
    return directory.resolve(fence <= 1 ? Long.toString(id) : id + "." + fence);
  }

  /** The directories of all runs of a build that are here. */
  List<Path> directories(long id) throws IOException {
    List<Path> all = new ArrayList<>(List.of(directory(id, 1)));
    try (DirectoryStream<Path> later = Files.newDirectoryStream(directory, id + ".*")) {
      later.forEach(all::add);
    }
    return all;
  }
}
