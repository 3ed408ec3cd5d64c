/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * A directory in which only this user and root can create, replace or delete anything. Immutable.
 *
 * <p>Each step of its path was checked from the root downwards, without following links: a
 * directory must belong to this user or to root, and must not be writable by others, unless it is
 * sticky, like {@code /tmp}. A link must belong to one of the two as well. In a directory that
 * passed this check, nobody else can replace the next step, so that what was checked stays true
 * while the path is used.
 *
 * <p>In a user namespace, all users outside of it look alike. Their directories are accepted like
 * those of root, except in a directory that others can write to, such as {@code /tmp}.
 */
public final class PrivateDirectory {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Like the limit of Linux. */
  private static final int MAX_LINKS = 40;

  private static final Path TOP = Path.of("/");
  private static final int ROOT = 0;

  private final Path path;
  private final int owner;
  private final int self;

  private PrivateDirectory(Path path, int owner, int self) {
    this.path = path;
    this.owner = owner;
    this.self = self;
  }

  /**
   * Returns a directory, which is created if it is missing. Only its owner can use a directory that
   * is created here.
   *
   * @throws UnsafePathException if another user can change it or something above it
   * @throws IOException if it cannot be created
   */
  public static PrivateDirectory create(Path directory) throws IOException {
    return new Walk(Self.uid(), true).to(directory);
  }

  /**
   * Returns an existing directory.
   *
   * @throws UnsafePathException if another user can change it or something above it
   * @throws NoSuchFileException if it does not exist
   */
  public static PrivateDirectory open(Path directory) throws IOException {
    return new Walk(Self.uid(), false).to(directory);
  }

  /** Returns its absolute path, without links. */
  public Path path() {
    return path;
  }

  /**
   * Checks a file directly in this directory.
   *
   * @return its absolute path
   * @throws UnsafePathException if it is not a regular file, belongs to another user, or others can
   *     write to it; a directory whose owner has changed may contain such files
   * @throws NoSuchFileException if it does not exist
   */
  public Path checkedFile(String name) throws IOException {
    FileStatus file = FileStatus.of(path.resolve(name));
    boolean foreign = file.uid() != self && file.uid() != ROOT && file.uid() != owner;
    if (foreign || file.isLink() || !file.isRegularFile() || file.isWritableByOthers()) {
      throw new UnsafePathException(
          file.path()
              + " "
              + file.description()
              + ", but must be a regular file of "
              + Self.name()
              + " that others cannot write to; check where it comes from, and delete it");
    }
    return file.path();
  }

  /** Goes through the steps of a path. */
  private static final class Walk {
    private final int self;
    private final boolean create;

    /** The names that are still to be resolved. */
    private final Deque<Path> names = new ArrayDeque<>();

    Walk(int self, boolean create) {
      this.self = self;
      this.create = create;
    }

    PrivateDirectory to(Path directory) throws IOException {
      prepend(directory.toAbsolutePath());
      FileStatus current = FileStatus.of(TOP);
      refuseIfUnsafe(current, false);
      int links = 0;
      while (!names.isEmpty()) {
        String name = names.pop().toString();
        if (name.equals("..")) {
          Path parent = current.path().getParent();
          current = parent == null ? current : FileStatus.of(parent);
          continue;
        }
        FileStatus next = look(current.path().resolve(name));
        refuseIfUnsafe(next, current.isWritableByOthers());
        if (next.isLink()) {
          if (++links > MAX_LINKS) {
            throw new FileSystemException(
                directory.toString(), null, "Too many levels of symbolic links");
          }
          Path target = Files.readSymbolicLink(next.path());
          prepend(target);
          current = target.isAbsolute() ? FileStatus.of(TOP) : current;
          continue;
        }
        if (!next.isDirectory()) {
          throw new FileSystemException(next.path().toString(), null, "Not a directory");
        }
        current = next;
      }
      if (current.isWritableByOthers()) {
        throw unsafe(current, false);
      }
      return new PrivateDirectory(current.path(), current.uid(), self);
    }

    private void prepend(Path path) {
      for (int i = path.getNameCount() - 1; i >= 0; i--) {
        String name = path.getName(i).toString();
        if (!name.isEmpty() && !name.equals(".")) {
          names.push(path.getName(i));
        }
      }
    }

    private FileStatus look(Path path) throws IOException {
      try {
        return FileStatus.of(path);
      } catch (NoSuchFileException e) {
        if (!create) {
          throw e;
        }
        try {
          Files.createDirectory(path, OWNER_ONLY);
        } catch (FileAlreadyExistsException another) {
          // Another process was faster; what it made is checked.
        }
        return FileStatus.of(path);
      }
    }

    /**
     * @param shared whether others can write to the directory that it is in
     */
    private void refuseIfUnsafe(FileStatus step, boolean shared) throws IOException {
      boolean foreign =
          step.uid() != self && step.uid() != ROOT && (shared || step.uid() != Self.outside());
      boolean changeable = step.isDirectory() && !step.isSticky() && step.isWritableByOthers();
      if (foreign || changeable) {
        throw unsafe(step, foreign);
      }
    }

    private static UnsafePathException unsafe(FileStatus step, boolean foreign) throws IOException {
      String what = step.path() + " " + step.description();
      if (step.isLink()) {
        return new UnsafePathException(
            "The symbolic link " + what + ", so another user chooses where it leads; delete it");
      }
      return new UnsafePathException(
          foreign
              ? "The directory "
                  + what
                  + ", so another user can replace what is in it; use a directory of your own, or"
                  + " check its content and run: chown -R "
                  + Self.name()
                  + " "
                  + step.path()
              : "The directory "
                  + what
                  + ", so other users can replace what is in it; use a directory of your own, or"
                  + " check its content and run: chmod go-w "
                  + step.path());
    }
  }
}
