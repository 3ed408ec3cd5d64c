/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.net.URL;
import java.util.Collection;
import java.util.List;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The common operations of providers and plugins. Stateless; may be used by several threads at the
 * same time.
 */
@ConsumerType
public interface Extension {

  /**
   * Returns the JSON schema of a provider for the whole manifest, or of a plugin for its settings.
   * Secrets are marked with {@code writeOnly}, names of files of the host with {@code hostFile}. By
   * default this is the resource {@code schema.json} of the package of the class; null if there is
   * no schema.
   */
  default @Nullable URL schema() {
    return getClass().getResource("schema.json");
  }

  /**
   * Checks what a schema cannot express. Called only if the schema found no error. Reports
   * problems; does not throw.
   */
  default void check(Manifest manifest, Problems problems) {}

  /**
   * Returns the files and directories of the host that the build reads because the manifest names
   * them, as far as the schema cannot mark them with {@code hostFile}. Called only if there is no
   * error.
   */
  default Collection<HostFile> hostFiles(Manifest manifest) {
    return List.of();
  }

  /**
   * Adds the tasks that the manifest needs, and discards those that it does not need. Called only
   * if there is no error.
   */
  void selectTasks(TaskSet tasks, Manifest manifest);
}
