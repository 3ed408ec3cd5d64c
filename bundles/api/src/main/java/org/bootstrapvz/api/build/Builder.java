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
   * Plans and runs a build. Returns when its resources are released. Failures are in the result,
   * not thrown. Interrupting the thread cancels the build; its resources are still released before
   * this returns.
   *
   * <p>Before its first task, a build releases what builds whose process has died left behind. It
   * waits at most one minute for that, and does not wait at all for resources that need a network.
   *
   * @param listener is called in the calling thread, and in other threads for the output of
   *     commands and for what recovery did; never concurrently, and not after {@link
   *     BuildEvent.Finished}
   */
  BuildResult build(BuildRequest request, BuildListener listener);

  /**
   * Releases what builds whose process has died left behind, as every build does before its first
   * task, and reports what they had delivered. Returns when everything that needs no network was
   * tried, or after one minute. The rest continues in the background.
   *
   * @param messages receives what was done and what was not possible, in sentences; called by
   *     several threads, also after this returned
   */
  void recover(Consumer<String> messages);
}
