/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;

/** Copies a file or a directory tree of the host into an image. */
public final class TreeCopy {
  private TreeCopy() {}

  /**
   * Copies a file, or a directory with its content. Files replace existing files; directories that
   * exist keep their mode and their other content. New files and directories have the mode of the
   * original and are owned by root. Links inside of a directory are copied as links.
   *
   * @param source a file or directory of the host, or a link to one
   * @param target its path in the image
   * @return the paths in the image of what was copied, without the directories that existed
   * @throws BuildException if the source contains a device, socket or pipe, or a file that would
   *     replace a directory
   */
  public static List<String> into(Root root, Path source, String target)
      throws BuildException, IOException {
    List<Path> paths;
    Path start = Files.isDirectory(source) ? source.toRealPath() : source;
    try (Stream<Path> found = Files.walk(start)) {
      paths = found.sorted().toList();
    }
    String parent = target.endsWith("/") ? target : target + "/";
    List<String> copied = new ArrayList<>();
    for (Path path : paths) {
      String inside = start.relativize(path).toString();
      String to = inside.isEmpty() ? target : parent + inside;
      if (copy(root, path, to, path.equals(start))) {
        copied.add(to);
      }
    }
    return copied;
  }

  private static boolean copy(Root root, Path path, String to, boolean follow)
      throws BuildException, IOException {
    boolean link = Files.isSymbolicLink(path) && !follow;
    if (!link && Files.isDirectory(path)) {
      if (isDirectory(root, to)) {
        return false;
      }
      root.delete(to);
      root.makeDirectory(to, mode(path));
      return true;
    }
    if (isDirectory(root, to)) {
      throw new BuildException(
          "The image has a directory /" + to.replaceFirst("^/", "") + ", but " + path + " is not");
    }
    if (link) {
      root.symlink(to, Files.readSymbolicLink(path).toString());
    } else if (Files.isRegularFile(path)) {
      root.copyIn(path, to, mode(path));
    } else {
      throw new BuildException(path + " is neither a file nor a directory and cannot be copied");
    }
    return true;
  }

  private static boolean isDirectory(Root root, String path) throws IOException {
    return root.exists(path) && Files.isDirectory(root.resolve(path));
  }

  /** Returns the permissions of a file of the host, with the bits for setuid, setgid and sticky. */
  public static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
  }
}
