/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;

/** Takes out of the workspace of a build what is to stay when that goes. */
public final class Delivery {
  private Delivery() {}

  /**
   * Moves a file or a directory to a place outside of the workspace, where it appears at once and
   * replaces an older one of its kind. If the workspace is on another filesystem it is copied
   * first.
   *
   * @param from in the workspace
   * @param to on the filesystem of {@code bootstrapper.workspace}
   */
  public static void move(Build build, Path from, Path to) throws BuildException, IOException {
    Path finished = beside(build, from, to);
    if (!Files.isDirectory(finished) || !Files.exists(to)) {
      rename(finished, to);
      return;
    }
    Resource older = setAside(build, to);
    try {
      rename(finished, to);
    } finally {
      older.release();
    }
  }

  /**
   * Moves a file or a directory like {@link #move} and delivers it. Until it is an artefact it can
   * vanish again, and the older one comes back: its checksum takes a while, in which the build may
   * be cancelled.
   */
  public static void deliver(Build build, Path from, Path to) throws BuildException, IOException {
    Path finished = beside(build, from, to);
    if (Files.exists(to)) {
      setAside(build, to);
    }
    build.acquire(resource(finished, to), () -> rename(finished, to));
    build.deliver(to);
  }

  /** What is to be moved, on the filesystem it is moved to. */
  private static Path beside(Build build, Path from, Path to) throws BuildException, IOException {
    boolean folder = Files.isDirectory(from);
    if (Files.exists(to) && Files.isDirectory(to) != folder) {
      throw new BuildException(
          "The image cannot be delivered: "
              + to
              + " is a "
              + (folder ? "file" : "folder")
              + ". Move it out of the way");
    }
    if (Files.getFileStore(from).equals(Files.getFileStore(to.getParent()))) {
      return from;
    }
    Path copy = hidden(build, to, "new");
    build.acquire(
        resource(from, copy),
        () ->
            build.run(
                Command.of("cp", "--archive", "--sparse=always", "--no-target-directory")
                    .with(from.toString(), copy.toString())));
    return copy;
  }

  private static ResourceSpec resource(Path like, Path path) {
    return Files.isDirectory(like) ? ResourceSpec.folder(path) : ResourceSpec.file(path);
  }

  /**
   * Gives an older file or directory a hidden name, with which it goes at the end of the build.
   *
   * @return what puts it back in its place if nothing else is there then
   */
  private static Resource setAside(Build build, Path older) throws BuildException {
    Path aside = hidden(build, older, "older");
    build.acquire(resource(older, aside), () -> {});
    return build.acquire(
        ReplacedArtefact.spec(older, aside),
        () -> {
          if (Files.isDirectory(older)) {
            rename(older, aside);
          } else {
            link(older, aside);
          }
        });
  }

  /** A second name keeps a file in its place until the new one replaces it in one step. */
  private static void link(Path file, Path second) throws IOException {
    try {
      Files.createLink(second, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      rename(file, second);
    }
  }

  private static Path hidden(Build build, Path file, String kind) {
    return file.resolveSibling("." + file.getFileName() + "-" + kind + "-" + build.id());
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
