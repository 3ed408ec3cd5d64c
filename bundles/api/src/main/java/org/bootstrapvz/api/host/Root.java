/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tree that becomes the root filesystem of the image. Paths are those of the image, with or
 * without the leading slash; symbolic links, absolute ones too, are resolved inside the root, so no
 * operation reaches a file of the host.
 *
 * <p>Modes are the permission bits of {@code chmod} ({@code 0644}, {@code 01777}); owners are those
 * of the sandbox's root unless a command changes them.
 */
@ProviderType
public interface Root {

  /** Where the root is inside the sandbox; for arguments of commands of the host. */
  Path path();

  /**
   * Where Java code finds a file of the image, symbolic links resolved inside the root (the last
   * one too).
   *
   * @throws IOException if links go round in a circle
   */
  Path resolve(String path) throws IOException;

  /** Whether there is something at the path, links followed. */
  boolean exists(String path) throws IOException;

  /** Whether there is a regular file at the path, links followed. */
  boolean isFile(String path) throws IOException;

  /** The text of a file, as UTF-8. */
  String read(String path) throws IOException;

  /**
   * Writes a file as UTF-8 with mode 0644, making missing folders (0755) and replacing what was
   * there.
   */
  void write(String path, String text) throws IOException;

  /**
   * Writes a file as UTF-8 with this mode, making missing folders (0755) and replacing what was
   * there.
   */
  void write(String path, String text, int mode) throws IOException;

  /** Adds text to the end of a file; makes it (0644) if it is missing. */
  void append(String path, String text) throws IOException;

  /**
   * Replaces every match of a regular expression ({@code ^} and {@code $} match at lines) in a
   * file. Nothing is written unless the number of matches is the expected one.
   *
   * @throws BuildException if the number of matches is another; names file, expression and both
   *     numbers
   */
  void replace(String path, String regex, String replacement, int expected)
      throws BuildException, IOException;

  /** Copies a file of the host, seen from Java, into the image with this mode. */
  void copyIn(Path source, String path, int mode) throws IOException;

  /** Makes a folder and missing ones above it (0755) and sets its mode, also if it was there. */
  void makeDirectory(String path, int mode) throws IOException;

  /**
   * Makes a symbolic link, replacing a file or link that was there. The target is written as given.
   */
  void symlink(String path, String target) throws IOException;

  /** Sets the mode of a file or folder. */
  void chmod(String path, int mode) throws IOException;

  /**
   * Deletes a file, a link (not what it leads to) or a folder with all in it; answers whether there
   * was one.
   */
  boolean delete(String path) throws IOException;

  /** The names in a folder, sorted; empty if there is no such folder. */
  List<String> list(String path) throws IOException;

  /**
   * Runs a command in the image ({@code chroot}) with a clean environment: {@code PATH}, {@code
   * LANG=C.UTF-8}, {@code HOME=/root}, {@code DEBIAN_FRONTEND=noninteractive}, and what the command
   * sets.
   *
   * @throws CommandException as {@link Sandbox#run}
   */
  CommandResult run(Command command) throws BuildException;
}
