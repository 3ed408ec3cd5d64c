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
   * Service property: {@code true} for a builder that runs each build in a process of its own, in
   * which code of a plugin may do what it likes without an effect on others.
   */
  String WORKER = "bootstrapvz.worker";

  /**
   * Plans and runs a build. Returns when its resources are released. Failures are in the result,
   * not thrown. Interrupting the thread cancels the build; its resources are still released before
   * this returns.
   *
   * <p>Before its first task, a build releases the resources of builds whose process has died. It
   * waits at most one minute for that, and does not wait at all for resources that need a network.
   *
   * @param listener is called in the calling thread, and in other threads for the output of
   *     commands and for reports of recovery; never concurrently, and not after {@link
   *     BuildEvent.Finished}
   */
  BuildResult build(BuildRequest request, BuildListener listener);

  /**
   * Releases the resources of builds whose process has died, as every build does before its first
   * task, and reports the artefacts that these builds delivered. Returns when everything that needs
   * no network was tried, or after one minute. The rest continues in the background. As long as
   * resources are left, and after each build, this is repeated after a pause, which increases to
   * one hour.
   *
   * @param messages receives reports about releases and failures as sentences; called by several
   *     threads, also after this returned
   */
  void recover(Consumer<String> messages);
}
