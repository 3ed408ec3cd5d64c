/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;

/** A directory as the root of an image. */
public final class TestRoot implements Root {
  private static final int LINKS = 40;

  /** Runs commands of the image. */
  @FunctionalInterface
  public interface Runner {
    /** Runs a command as {@link Root#run} does. */
    CommandResult run(Command command) throws BuildException;
  }

  private final Path path;
  private final Path folder;
  private final Runner runner;

  /**
   * @param path the path of the root for commands of the host
   * @param folder the path of the root for Java code
   * @param runner runs the commands of the image
   */
  public TestRoot(Path path, Path folder, Runner runner) {
    this.path = path;
    this.folder = folder;
    this.runner = runner;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Path resolve(String name) throws IOException {
    return find(name, true);
  }

  /**
   * Links are resolved here, since the kernel would resolve an absolute one against the root of the
   * host.
   */
  private Path find(String name, boolean followLast) throws IOException {
    Deque<String> pending = new ArrayDeque<>(names(name));
    Path current = folder;
    for (int links = 0; !pending.isEmpty(); ) {
      String next = pending.pop();
      Path there = current.resolve(next);
      if (next.equals("..")) {
        current = current.equals(folder) ? folder : parent(current);
      } else if (Files.isSymbolicLink(there) && (followLast || !pending.isEmpty())) {
        if (++links > LINKS) {
          throw new FileSystemLoopException(name);
        }
        String target = Files.readSymbolicLink(there).toString();
        current = target.startsWith("/") ? folder : current;
        List<String> more = names(target);
        for (int i = more.size() - 1; i >= 0; i--) {
          pending.push(more.get(i));
        }
      } else {
        current = there;
      }
    }
    return current;
  }

  private static List<String> names(String path) {
    return Stream.of(path.split("/")).filter(each -> !each.isEmpty() && !each.equals(".")).toList();
  }

  @Override
  public boolean exists(String name) throws IOException {
    return Files.exists(resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isFile(String name) throws IOException {
    return Files.isRegularFile(resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public String read(String name) throws IOException {
    return Files.readString(resolve(name));
  }

  @Override
  public void write(String name, String text) throws IOException {
    write(name, text, 0644);
  }

  @Override
  public void write(String name, String text, int mode) throws IOException {
    Files.writeString(inFolder(resolve(name)), text);
    chmod(name, mode);
  }

  @Override
  public void append(String name, String text) throws IOException {
    Path file = inFolder(resolve(name));
    boolean made = !Files.exists(file);
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (made) {
      chmod(name, 0644);
    }
  }

  @Override
  public void replace(String name, String regex, String replacement, int expected)
      throws BuildException, IOException {
    Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(read(name));
    long found = matcher.results().count();
    if (found != expected) {
      throw new BuildException(
          name + ": " + regex + " matches " + found + " times instead of " + expected);
    }
    Files.writeString(resolve(name), matcher.replaceAll(replacement));
  }

  @Override
  public void copyIn(Path source, String name, int mode) throws IOException {
    Files.copy(source, inFolder(resolve(name)), StandardCopyOption.REPLACE_EXISTING);
    chmod(name, mode);
  }

  @Override
  public void makeDirectory(String name, int mode) throws IOException {
    makeFolders(resolve(name));
    chmod(name, mode);
  }

  @Override
  public void symlink(String name, String target) throws IOException {
    Path link = inFolder(find(name, false));
    if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(name, null, "it is a directory");
    }
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
  }

  @Override
  public void chmod(String name, int mode) throws IOException {
    Files.setAttribute(resolve(name), "unix:mode", mode);
  }

  @Override
  public boolean delete(String name) throws IOException {
    Path found = find(name, false);
    if (!Files.exists(found, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (found.equals(folder)) {
      throw new FileSystemException(name, null, "the root itself cannot be deleted");
    }
    try (Stream<Path> all = Files.walk(found)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    return true;
  }

  @Override
  public List<String> list(String name) throws IOException {
    if (!Files.isDirectory(resolve(name))) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(resolve(name))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public CommandResult run(Command command) throws BuildException {
    return runner.run(command);
  }

  private static Path inFolder(Path file) throws IOException {
    makeFolders(parent(file));
    return file;
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "A file below the root has a parent");
  }

  private static void makeFolders(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      makeFolders(parent(path));
      Files.createDirectory(path);
      Files.setAttribute(path, "unix:mode", 0755);
    }
  }
}
