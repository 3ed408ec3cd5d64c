/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.net.URL;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What providers and plugins have in common. Stateless; may be used by several threads at the same
 * time.
 */
@ConsumerType
public interface Extension {

  /**
   * The JSON schema of what the manifest may say: of a provider for the whole manifest, of a plugin
   * for its settings. Secrets are marked {@code writeOnly}. By default the resource {@code
   * schema.json} beside the class; null for none.
   */
  default URL schema() {
    return getClass().getResource("schema.json");
  }

  /**
   * Checks what a schema cannot say. Called only if the schema found no error. Reports; does not
   * throw.
   */
  default void check(Manifest manifest, Problems problems) {}

  /**
   * Adds the tasks the manifest needs, discards those it does not. Called only if there is no
   * error.
   */
  void selectTasks(TaskSet tasks, Manifest manifest);
}
