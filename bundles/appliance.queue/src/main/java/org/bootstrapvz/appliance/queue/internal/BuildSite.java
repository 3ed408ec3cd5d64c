/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.nio.file.Path;

/**
 * Where builds of this appliance run.
 *
 * @param appliance name of the appliance, for people
 * @param instance distinguishes it from the other appliances that share the queue
 * @param directory where builds work and artefacts are kept
 * @param scratch for files that need not survive the process
 */
record BuildSite(String appliance, String instance, Path directory, Path scratch) {
  /** The directory of a build; it contains the artefacts when the build has ended. */
  Path directory(long id) {
    return directory.resolve(Long.toString(id));
  }
}
