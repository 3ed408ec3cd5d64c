/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;

/** Moves results out of the workspace of a build before it is deleted. */
public final class Delivery {
  private Delivery() {}

  /**
   * Moves a file or a directory to a place outside of the workspace, where it appears atomically
   * and replaces an older one of its kind. If the workspace is on another filesystem, it is copied
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
   * Moves a file or a directory like {@link #move} and delivers it. Until it is an artefact, it is
   * removed and the older one restored on failure: computing its checksum takes time, during which
   * the build may be cancelled.
   */
  public static void deliver(Build build, Path from, Path to) throws BuildException, IOException {
    Path finished = beside(build, from, to);
    if (Files.exists(to)) {
      setAside(build, to);
    }
    build.acquire(resource(finished, to), () -> rename(finished, to));
    build.deliver(to);
  }

  /** The file or directory to move, on the destination filesystem. */
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
   * Renames an older file or directory to a hidden name, which is deleted at the end of the build.
   *
   * @return a resource whose release restores it to its place if nothing else is there
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

  /** A hard link keeps a file in its place until the new one replaces it atomically. */
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

  /** A result that was reported is still there after a power cut. */
  private static void rename(Path from, Path to) throws IOException {
    DurableFile.move(from, to);
  }
}
