/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;

/** A directory of a sandbox as the root of an image. */
final class ImageRoot implements Root {
  /**
   * What neither the installation of a package nor a command in an image needs: it would load
   * modules, set the clock, restart the machine, or change settings of the host's kernel.
   */
  private static final List<String> WITHOUT_PRIVILEGES_ON_THE_HOST =
      List.of(
          "setpriv",
          "--bounding-set=-sys_module,-sys_rawio,-sys_boot,-sys_time,-syslog,-sys_pacct,"
              + "-sys_tty_config,-wake_alarm,-block_suspend,-audit_control,-audit_read,-mac_admin,"
              + "-mac_override,-linux_immutable,-lease",
          "--");

  private static final int FILE_MODE = 0644;

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
    return ImageErrors.run(path, () -> Files.readString(find(path, true)));
  }

  @Override
  public void write(String path, String text) throws IOException {
    write(path, text, FILE_MODE);
  }

  @Override
  public void write(String path, String text, int mode) throws IOException {
    ImageErrors.run(
        path,
        () -> {
          Path file = find(path, true);
          FileModes.makeParents(file);
          try (OutputStream stream = FileModes.replace(file)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
          }
          return FileModes.set(file, mode);
        });
  }

  @Override
  public void append(String path, String text) throws IOException {
    ImageErrors.run(
        path,
        () -> {
          Path file = find(path, true);
          boolean made = !Files.exists(file);
          FileModes.makeParents(file);
          Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          return made ? FileModes.set(file, FILE_MODE) : file;
        });
  }

  @Override
  public void replace(String path, String regex, String replacement, int expected)
      throws BuildException, IOException {
    Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(read(path));
    int found = (int) matcher.results().count();
    if (found != expected) {
      throw new BuildException(
          ImageErrors.shown(path)
              + " of the image was left as it is: the expression "
              + regex
              + " should match "
              + times(expected)
              + ", but matches "
              + times(found));
    }
    String changed = matcher.replaceAll(replacement);
    ImageErrors.run(path, () -> Files.writeString(find(path, true), changed));
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  @Override
  public void copyIn(Path source, String path, int mode) throws IOException {
    // Opened first, so that an error names the path on the host.
    try (InputStream input = Files.newInputStream(source)) {
      ImageErrors.run(
          path,
          () -> {
            Path file = find(path, true);
            FileModes.makeParents(file);
            try (OutputStream stream = FileModes.replace(file)) {
              input.transferTo(stream);
            }
            return FileModes.set(file, mode);
          });
    }
  }

  @Override
  public void makeDirectory(String path, int mode) throws IOException {
    ImageErrors.run(
        path,
        () -> {
          Path folder = find(path, true);
          FileModes.makeDirectories(folder);
          return FileModes.set(folder, mode);
        });
  }

  @Override
  public void symlink(String path, String target) throws IOException {
    ImageErrors.run(
        path,
        () -> {
          Path link = find(path, false);
          if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(link.toString(), null, "it is a directory");
          }
          FileModes.makeParents(link);
          Files.deleteIfExists(link);
          return Files.createSymbolicLink(link, Path.of(target));
        });
  }

  @Override
  public void chmod(String path, int mode) throws IOException {
    ImageErrors.run(path, () -> FileModes.set(find(path, true), mode));
  }

  @Override
  public boolean delete(String path) throws IOException {
    return ImageErrors.run(path, () -> delete(find(path, false)));
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
    List<String> arguments = new ArrayList<>(WITHOUT_PRIVILEGES_ON_THE_HOST);
    // Like chroot, but can start in a directory other than /.
    String folder = command.directory().map(Path::toString).orElse("/");
    arguments.addAll(List.of("unshare", "--root=" + path, "--wd=" + folder, "--"));
    arguments.addAll(command.arguments());
    Map<String, String> variables = CommandEnvironment.ofImage(sandbox.environment());
    variables.putAll(command.environment());
    return sandbox.run(asChroot(command), arguments, variables);
  }

  /** The command as shown to users, with a mark that it ran in the image. */
  private Command asChroot(Command command) {
    Command shown =
        Command.of("chroot", path.toString())
            .with(command.arguments())
            .accepting(command.accepted().stream().mapToInt(Integer::intValue).toArray())
            .lines(command.listener())
            .standardUmask();
    return command.input().map(shown::input).orElse(shown);
  }
}
