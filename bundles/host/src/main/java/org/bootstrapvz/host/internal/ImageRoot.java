/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;

/** A directory of a sandbox as the root of an image. */
final class ImageRoot implements Root {
  private static final int FILE_MODE = 0644;
  private static final int FOLDER_MODE = 0755;

  private final NamespaceSandbox sandbox;
  private final Path path;

  ImageRoot(NamespaceSandbox sandbox, Path path) {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("Not an absolute path: " + path);
    }
    this.sandbox = sandbox;
    this.path = path;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Path resolve(String path) throws IOException {
    return find(path, true);
  }

  /** Resolved on each call: the directory may have been created or mounted in the meantime. */
  private Path find(String path, boolean followLast) throws IOException {
    return new RootedTree(sandbox.outside(this.path)).resolve(path, followLast);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return Files.exists(find(path, true), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isFile(String path) throws IOException {
    return Files.isRegularFile(find(path, true), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public String read(String path) throws IOException {
    return inImage(path, () -> Files.readString(find(path, true)));
  }

  @Override
  public void write(String path, String text) throws IOException {
    write(path, text, FILE_MODE);
  }

  @Override
  public void write(String path, String text, int mode) throws IOException {
    inImage(
        path,
        () -> {
          Path file = find(path, true);
          makeParents(file);
          try (OutputStream stream = replacing(file)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
          }
          return mode(file, mode);
        });
  }

  @Override
  public void append(String path, String text) throws IOException {
    inImage(
        path,
        () -> {
          Path file = find(path, true);
          boolean made = !Files.exists(file);
          makeParents(file);
          Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          return made ? mode(file, FILE_MODE) : file;
        });
  }

  @Override
  public void replace(String path, String regex, String replacement, int expected)
      throws BuildException, IOException {
    Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(read(path));
    int found = (int) matcher.results().count();
    if (found != expected) {
      throw new BuildException(
          shown(path)
              + " of the image was left as it is: the expression "
              + regex
              + " should match "
              + times(expected)
              + ", but matches "
              + times(found));
    }
    String changed = matcher.replaceAll(replacement);
    inImage(path, () -> Files.writeString(find(path, true), changed));
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  @Override
  public void copyIn(Path source, String path, int mode) throws IOException {
    // Opened first, so that an error names the path on the host.
    try (InputStream input = Files.newInputStream(source)) {
      inImage(
          path,
          () -> {
            Path file = find(path, true);
            makeParents(file);
            try (OutputStream stream = replacing(file)) {
              input.transferTo(stream);
            }
            return mode(file, mode);
          });
    }
  }

  @Override
  public void makeDirectory(String path, int mode) throws IOException {
    inImage(
        path,
        () -> {
          Path folder = find(path, true);
          makeFolders(folder);
          return mode(folder, mode);
        });
  }

  @Override
  public void symlink(String path, String target) throws IOException {
    inImage(
        path,
        () -> {
          Path link = find(path, false);
          if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(link.toString(), null, "it is a directory");
          }
          makeParents(link);
          Files.deleteIfExists(link);
          return Files.createSymbolicLink(link, Path.of(target));
        });
  }

  @Override
  public void chmod(String path, int mode) throws IOException {
    inImage(path, () -> mode(find(path, true), mode));
  }

  @Override
  public boolean delete(String path) throws IOException {
    return inImage(path, () -> delete(find(path, false)));
  }

  private boolean delete(Path found) throws IOException {
    if (!Files.exists(found, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (found.equals(sandbox.outside(path))) {
      throw new FileSystemException(found.toString(), null, "the root itself cannot be deleted");
    }
    if (!Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(found);
      return true;
    }
    List<Path> mounts = Mounts.at(sandbox, sandbox.inside(found));
    if (!mounts.isEmpty()) {
      // Deletion would continue in the mount: with a bind mount, among the files of the host.
      throw new FileSystemException(found.toString(), null, mounts.get(0) + " is mounted there");
    }
    Files.walkFileTree(
        found,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
    return true;
  }

  @Override
  public List<String> list(String path) throws IOException {
    Path folder = find(path, true);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public CommandResult run(Command command) throws BuildException {
    List<String> arguments = new ArrayList<>();
    // Like chroot, but can start in a directory other than /.
    String folder = command.directory().map(Path::toString).orElse("/");
    arguments.addAll(List.of("unshare", "--root=" + path, "--wd=" + folder, "--"));
    arguments.addAll(command.arguments());
    Map<String, String> variables = CommandEnvironment.ofImage();
    variables.putAll(command.environment());
    return sandbox.run(asChroot(command), arguments, variables);
  }

  /** The command as shown to users, with a mark that it ran in the image. */
  private Command asChroot(Command command) {
    Command shown =
        Command.of("chroot", path.toString())
            .with(command.arguments())
            .accepting(command.accepted().stream().mapToInt(Integer::intValue).toArray())
            .lines(command.listener());
    return command.input().map(shown::input).orElse(shown);
  }

  /**
   * Creates a file that no other user can read before its mode is set, or truncates the existing
   * one.
   */
  private static OutputStream replacing(Path file) throws IOException {
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    return Channels.newOutputStream(
        Files.newByteChannel(
            file,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  private static void makeParents(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      makeFolders(parent);
    }
  }

  /** Creates a directory and its parents with their required mode, regardless of the umask. */
  private static void makeFolders(Path folder) throws IOException {
    if (Files.isRegularFile(folder)) {
      throw new FileSystemException(
          folder.toString(), null, folder.getFileName() + " is a file, not a directory");
    }
    if (!Files.isDirectory(folder)) {
      makeParents(folder);
      mode(Files.createDirectory(folder), FOLDER_MODE);
    }
  }

  private static Path mode(Path file, int mode) throws IOException {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException("Not a mode: " + Integer.toOctalString(mode));
    }
    return Files.setAttribute(file, "unix:mode", mode);
  }

  private static String shown(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  @FunctionalInterface
  private interface Access<T> {
    T get() throws IOException;
  }

  /** Errors name the file by its path in the image, not by its path on the host. */
  private static <T> T inImage(String path, Access<T> access) throws IOException {
    String file = shown(path) + " of the image";
    try {
      return access.get();
    } catch (CharacterCodingException e) {
      throw new FileSystemException(file, null, "it is not UTF-8 text");
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file, null, "there is no such file");
    } catch (FileSystemLoopException e) {
      throw new FileSystemException(file, null, "its symbolic links form a loop");
    } catch (FileSystemException e) {
      String kind = e.getClass().getSimpleName().replace("Exception", "");
      String words = kind.replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
      throw new FileSystemException(file, null, e.getReason() == null ? words : e.getReason());
    }
  }
}
