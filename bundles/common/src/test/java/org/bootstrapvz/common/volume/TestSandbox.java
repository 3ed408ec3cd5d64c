/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.BuildCancelledException;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;

/** A mount namespace, and for ordinary users a user namespace, that ends with its keeper. */
public final class TestSandbox implements Sandbox {
  private final Process keeper;

  public TestSandbox() throws IOException {
    List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation=private"));
    if (!isRoot()) {
      words.addAll(List.of("--user", "--map-root-user"));
    }
    words.add("cat");
    keeper = new ProcessBuilder(words).redirectErrorStream(true).start();
    // cat echoes once unshare is through.
    keeper.getOutputStream().write('\n');
    keeper.getOutputStream().flush();
    if (keeper.getInputStream().read() != '\n') {
      throw new IOException("No namespaces here");
    }
  }

  /** Whether this machine lets us have the namespaces. */
  public static boolean isPossible() {
    try {
      new TestSandbox().close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Override
  public CommandResult run(Command command) throws BuildException {
    List<String> words = new ArrayList<>(List.of("nsenter", "--target=" + keeper.pid(), "--mount"));
    if (!isRoot()) {
      words.addAll(List.of("--user", "--preserve-credentials"));
    }
    words.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(command.environment());
    try {
      Process process = builder.start();
      try (OutputStream input = process.getOutputStream()) {
        if (command.input().isPresent()) {
          input.write(command.input().get().reveal().getBytes(StandardCharsets.UTF_8));
        }
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = output.lines().filter(line -> !command.listener().test(line)).toList();
      int status = process.waitFor();
      if (!command.accepted().contains(status)) {
        throw new CommandException(command.toString(), status, lines);
      }
      return new CommandResult(status, lines, Duration.ZERO);
    } catch (IOException e) {
      throw new CommandException(command.toString(), -1, List.of(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      throw new BuildCancelledException();
    }
  }

  @Override
  public Path outside(Path path) {
    return Path.of("/proc/" + keeper.pid() + "/root" + path);
  }

  @Override
  public Root root(Path path) {
    return new Tree(path);
  }

  @Override
  public void close() {
    keeper.destroy();
  }

  /** Follows links as the machine does, which is enough for trees without absolute ones. */
  private final class Tree implements Root {
    private final Path path;

    Tree(Path path) {
      this.path = path;
    }

    @Override
    public Path path() {
      return path;
    }

    @Override
    public Path resolve(String name) {
      return outside(path.resolve(name.replaceFirst("^/+", "")));
    }

    @Override
    public boolean exists(String name) {
      return Files.exists(resolve(name));
    }

    @Override
    public boolean isFile(String name) {
      return Files.isRegularFile(resolve(name));
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
      Files.createDirectories(resolve(name).getParent());
      Files.writeString(resolve(name), text);
      chmod(name, mode);
    }

    @Override
    public void append(String name, String text) throws IOException {
      Files.writeString(resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void replace(String name, String regex, String replacement, int expected)
        throws BuildException, IOException {
      String text = read(name);
      Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
      if (pattern.matcher(text).results().count() != expected) {
        throw new BuildException(name + ": " + regex);
      }
      write(name, pattern.matcher(text).replaceAll(replacement));
    }

    @Override
    public void copyIn(Path source, String name, int mode) throws IOException {
      Files.createDirectories(resolve(name).getParent());
      Files.copy(source, resolve(name), StandardCopyOption.REPLACE_EXISTING);
      chmod(name, mode);
    }

    @Override
    public void makeDirectory(String name, int mode) throws IOException {
      Files.createDirectories(resolve(name));
      chmod(name, mode);
    }

    @Override
    public void symlink(String name, String target) throws IOException {
      Files.deleteIfExists(resolve(name));
      Files.createSymbolicLink(resolve(name), Path.of(target));
    }

    @Override
    public void chmod(String name, int mode) throws IOException {
      Files.setAttribute(resolve(name), "unix:mode", mode);
    }

    @Override
    public boolean delete(String name) throws IOException {
      if (!Files.exists(resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      try (Stream<Path> all = Files.walk(resolve(name))) {
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
      try (Stream<Path> list = Files.list(resolve(name))) {
        return list.map(each -> each.getFileName().toString()).sorted().toList();
      }
    }

    @Override
    public CommandResult run(Command command) throws BuildException {
      List<String> words = new ArrayList<>(List.of("chroot", path.toString()));
      words.addAll(command.arguments());
      return TestSandbox.this.run(Command.of(words).accepting(0));
    }
  }
}
