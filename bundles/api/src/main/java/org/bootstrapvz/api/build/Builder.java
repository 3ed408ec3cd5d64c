/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs builds. A service; several builds may run at the same time, each in the thread that called.
 */
@ProviderType
public interface Builder {
  /**
   * Plans and runs a build and returns when everything is given back. Failures are in the result,
   * not thrown. Interrupting the thread cancels the build; the resources are still given back
   * before this returns.
   *
   * @param listener is called in the calling thread, and for the output of commands in others,
   *     never concurrently
   */
  BuildResult build(BuildRequest request, BuildListener listener);

  /**
   * Gives back what builds whose process has died left behind, as every build does before its first
   * task.
   *
   * @param told receives what was done, and what was not possible, in sentences
   */
  void recover(Consumer<String> told);
}
