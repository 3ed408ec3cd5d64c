/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ProviderType;

/** The machine that builds run on. A service; safe for use by several threads. */
@ProviderType
public interface Machine {

  /**
   * Opens a sandbox for a build.
   *
   * @throws BuildException if this user is neither root nor in a user namespace; the message names
   *     the remedy
   */
  Sandbox open(CommandObserver observer) throws BuildException;

  /**
   * Returns the commands that are in neither {@code PATH} nor the {@code sbin} directories, and the
   * files that are not there or not readable. Each has the package that contains it in the release
   * of this machine, which may have another name than in the request.
   */
  List<HostCommand> missing(Collection<HostCommand> commands);

  /**
   * Installs Debian packages on the host with apt-get.
   *
   * @param output receives each line that apt-get prints
   * @throws BuildException if this user may not install packages or apt-get failed
   */
  void install(SortedSet<String> packages, Consumer<String> output) throws BuildException;

  /**
   * Returns the memory in bytes that can be used without swapping: {@code MemAvailable} of {@code
   * /proc/meminfo}.
   */
  long availableMemory();

  /**
   * Returns whether files can be mounted as filesystems: real root can, root of a user namespace
   * cannot.
   */
  boolean canMountFiles();

  /**
   * Returns the Debian architecture of the machine, as {@code dpkg --print-architecture} names it:
   * {@code amd64}.
   */
  String architecture();

  /**
   * Returns why the machine cannot run the programs of an image for this Debian architecture; empty
   * if it can, itself or with an emulator, or if that cannot be determined. It runs a program of a
   * few bytes to find out.
   */
  Optional<UnsupportedArchitecture> unsupported(String architecture);

  /**
   * Makes the machine run the programs of images for an architecture: mounts binfmt_misc, installs
   * an emulator and registers it with the kernel, whichever is missing.
   *
   * @param output receives the commands and each line that they print
   * @throws BuildException if the machine cannot run them afterwards
   */
  void support(String architecture, Consumer<String> output) throws BuildException;
}
