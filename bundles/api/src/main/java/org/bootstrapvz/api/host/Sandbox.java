/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The mount, PID and UTS namespace of one build. Its mounts are not visible outside of it. All its
 * mounts and processes end when it is closed, or when the JVM ends for any reason. Its host name is
 * {@code localhost} until a command in it sets another one, which leaves the name of the host as it
 * is.
 *
 * <p>Safe for use by several threads.
 */
@ProviderType
public interface Sandbox extends AutoCloseable {

  /**
   * Runs a command in the sandbox and waits until it ends. Its output goes line by line to the
   * {@link CommandObserver} that the sandbox was opened with. Interrupting the thread terminates
   * the command and every process that it started.
   *
   * @throws CommandException if it could not be started, or ended with a status that is not
   *     accepted
   * @throws org.bootstrapvz.api.problem.BuildCancelledException if the thread was interrupted
   */
  CommandResult run(Command command) throws BuildException;

  /**
   * Returns where Java code, which runs outside of the sandbox, finds a path of the sandbox. For
   * files in the root of an image use {@link #root}, which does not follow symbolic links out of
   * it.
   *
   * @param path an absolute path in the sandbox
   */
  Path outside(Path path);

  /**
   * Returns a directory of the sandbox as the root of an image.
   *
   * @param path an absolute path in the sandbox; need not exist yet
   */
  Root root(Path path);

  /** Ends all processes of the sandbox, and the sandbox. Does nothing the second time. */
  @Override
  void close();
}
