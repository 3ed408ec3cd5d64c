/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The directory tree that becomes the root filesystem of the image. Paths are those of the image,
 * with or without the leading slash. Symbolic links, also absolute ones, are resolved inside the
 * root, so no operation reaches a file of the host.
 *
 * <p>Modes are the permission bits of {@code chmod} ({@code 0644}, {@code 01777}); owners are those
 * of the sandbox's root unless a command changes them.
 */
@ProviderType
public interface Root {

  /** Returns the path of the root in the sandbox, for arguments of commands of the host. */
  Path path();

  /**
   * Returns where Java code finds a file of the image; symbolic links are resolved inside the root,
   * also the last one.
   *
   * @throws IOException if symbolic links form a cycle
   */
  Path resolve(String path) throws IOException;

  /** Returns whether the path exists; follows symbolic links. */
  boolean exists(String path) throws IOException;

  /** Returns whether the path is a regular file; follows symbolic links. */
  boolean isFile(String path) throws IOException;

  /** Reads a file as UTF-8. */
  String read(String path) throws IOException;

  /**
   * Writes a file as UTF-8 with mode 0644. Creates missing directories (0755) and replaces an
   * existing file.
   */
  void write(String path, String text) throws IOException;

  /**
   * Writes a file as UTF-8 with this mode. Creates missing directories (0755) and replaces an
   * existing file.
   */
  void write(String path, String text, int mode) throws IOException;

  /** Appends text to a file; creates it (0644) if it is missing. */
  void append(String path, String text) throws IOException;

  /**
   * Replaces every match of a regular expression in a file; {@code ^} and {@code $} match at line
   * boundaries. Writes nothing unless the number of matches is the expected one.
   *
   * @throws BuildException if the number of matches differs; the message names the file, the
   *     expression and both numbers
   */
  void replace(String path, String regex, String replacement, int expected)
      throws BuildException, IOException;

  /** Copies a file of the host, a path for Java, into the image with this mode. */
  void copyIn(Path source, String path, int mode) throws IOException;

  /** Creates a directory and its missing parents (0755); sets its mode also if it exists. */
  void makeDirectory(String path, int mode) throws IOException;

  /** Creates a symbolic link; replaces an existing file or link. The target is written as given. */
  void symlink(String path, String target) throws IOException;

  /** Sets the mode of a file or directory. */
  void chmod(String path, int mode) throws IOException;

  /**
   * Deletes a file, a link but not its target, or a directory with its content. Returns whether it
   * existed.
   */
  boolean delete(String path) throws IOException;

  /** Returns the names in a directory, sorted; none if there is no such directory. */
  List<String> list(String path) throws IOException;

  /**
   * Runs a command in the image ({@code chroot}). Its environment is {@code PATH}, {@code
   * LANG=C.UTF-8}, {@code HOME=/root}, {@code DEBIAN_FRONTEND=noninteractive}, and what the command
   * sets.
   *
   * @throws CommandException as {@link Sandbox#run}
   */
  CommandResult run(Command command) throws BuildException;
}
