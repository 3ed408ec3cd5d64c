/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ProviderType;

/** The machine builds run on. A service; safe for use by several threads. */
@ProviderType
public interface Machine {

  /**
   * Opens a sandbox for a build.
   *
   * @throws BuildException if this user may not (neither root nor in a user namespace), saying what
   *     would help
   */
  Sandbox open(CommandObserver observer) throws BuildException;

  /**
   * Those of the commands that are not in {@code PATH} (nor in the system's {@code sbin} folders).
   */
  List<HostCommand> missing(Collection<HostCommand> commands);

  /**
   * Installs Debian packages on the host with apt-get.
   *
   * @param output receives each line apt-get prints
   * @throws BuildException if this user may not install packages or apt-get failed
   */
  void install(SortedSet<String> packages, Consumer<String> output) throws BuildException;

  /**
   * Bytes of memory that can be used without swapping, {@code MemAvailable} of {@code
   * /proc/meminfo}.
   */
  long availableMemory();

  /**
   * Whether files can be mounted as filesystems here: only the real root may, root of a user
   * namespace may not.
   */
  boolean canMountFiles();

  /**
   * The Debian architecture of the machine, as {@code dpkg --print-architecture} names it: {@code
   * amd64}.
   */
  String architecture();
}
