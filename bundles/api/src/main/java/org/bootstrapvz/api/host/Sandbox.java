/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The mount and PID namespace of one build. What is mounted in it is seen by nobody else; when it
 * is closed, or when the JVM ends in whatever way, every mount and every process in it is gone.
 *
 * <p>Safe for use by several threads.
 */
@ProviderType
public interface Sandbox extends AutoCloseable {

  /**
   * Runs a command in the sandbox and waits for its end. Its output goes line by line to the {@link
   * CommandObserver} the sandbox was opened with. Interrupting the thread ends the command and all
   * it started.
   *
   * @throws CommandException if it could not be started, or ended with a status that is not
   *     accepted
   * @throws org.bootstrapvz.api.problem.BuildCancelledException if the thread was interrupted
   */
  CommandResult run(Command command) throws BuildException;

  /**
   * Where Java code, which is outside of the sandbox, finds a path of the sandbox. For files in an
   * image's root use {@link #root}, which does not follow its symbolic links out of it.
   *
   * @param path an absolute path inside the sandbox
   */
  Path outside(Path path);

  /**
   * The tree at a folder of the sandbox, as the root of an image.
   *
   * @param path an absolute path inside the sandbox; need not exist yet
   */
  Root root(Path path);

  /** Ends every process of the sandbox and with it the sandbox. Does nothing the second time. */
  @Override
  void close();
}
