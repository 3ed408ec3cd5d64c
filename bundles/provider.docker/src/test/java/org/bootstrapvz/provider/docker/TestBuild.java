/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.Artefact;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.resource.Creation;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;

/** A build whose tasks are run by a test. Commands of the host are really run. */
public final class TestBuild implements Build {
  private final Manifest manifest;
  private final Path workspace;
  private final Path rootFolder;
  private final Map<Class<?>, List<Object>> values = new LinkedHashMap<>();
  private final List<String> log = new ArrayList<>();
  private final List<Path> delivered = new ArrayList<>();

  public TestBuild(Manifest manifest, Path folder) throws IOException {
    this.manifest = manifest;
    workspace = Files.createDirectory(folder.resolve("12345678"));
    rootFolder = Files.createDirectory(folder.resolve("root"));
  }

  /** The folder that stands for the image's root. */
  public Path rootFolder() {
    return rootFolder;
  }

  /** What was logged. */
  public List<String> logged() {
    return log;
  }

  /** What was delivered. */
  public List<Path> delivered() {
    return delivered;
  }

  @Override
  public String id() {
    return workspace.getFileName().toString();
  }

  @Override
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public Path workspace() {
    return workspace;
  }

  @Override
  public Machine machine() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Sandbox sandbox() {
    return new Here();
  }

  @Override
  public Root root() {
    return new FolderRoot();
  }

  @Override
  public <T> T require(Class<T> type) {
    List<T> all = all(type);
    if (all.size() != 1) {
      throw new IllegalStateException(all.size() + " of " + type);
    }
    return all.get(0);
  }

  @Override
  public <T> List<T> all(Class<T> type) {
    return values.getOrDefault(type, List.of()).stream().map(type::cast).toList();
  }

  @Override
  public <T> void provide(Class<T> type, T value) {
    values.computeIfAbsent(type, key -> new ArrayList<>()).add(value);
  }

  @Override
  public Resource acquire(ResourceSpec spec, Creation creation) throws BuildException {
    try {
      creation.create();
    } catch (IOException e) {
      throw new BuildException(String.valueOf(e.getMessage()), e);
    }
    return new Resource() {
      @Override
      public ResourceSpec spec() {
        return spec;
      }

      @Override
      public void release() throws BuildException {
        try {
          Files.delete(Path.of(spec.parameters().get("path")));
        } catch (IOException e) {
          throw new BuildException("not released", e);
        }
      }
    };
  }

  @Override
  public Artefact deliver(Path file) {
    delivered.add(file);
    return new Artefact(file, 0, 0, "");
  }

  @Override
  public void progress(double fraction, String detail) {}

  @Override
  public void log(String line) {
    log.add(line);
  }

  @Override
  public void warn(String message) {
    throw new AssertionError(message);
  }

  /** The machine itself. */
  private static final class Here implements Sandbox {
    @Override
    public CommandResult run(Command command) throws BuildException {
      try {
        Process process = new ProcessBuilder(command.arguments()).redirectErrorStream(true).start();
        try (OutputStream input = process.getOutputStream()) {
          input.flush();
        }
        List<String> lines =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int status = process.waitFor();
        if (!command.accepted().contains(status)) {
          throw new CommandException(command.toString(), status, lines);
        }
        return new CommandResult(status, lines, Duration.ZERO);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Path outside(Path path) {
      return path;
    }

    @Override
    public Root root(Path path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  /** A plain folder. */
  private final class FolderRoot implements Root {
    @Override
    public Path path() {
      return rootFolder;
    }

    @Override
    public Path resolve(String path) {
      return rootFolder.resolve(path.replaceFirst("^/+", "")).normalize();
    }

    @Override
    public boolean exists(String path) {
      return Files.exists(resolve(path));
    }

    @Override
    public boolean isFile(String path) {
      return Files.isRegularFile(resolve(path));
    }

    @Override
    public String read(String path) throws IOException {
      return Files.readString(resolve(path));
    }

    @Override
    public void write(String path, String text) throws IOException {
      write(path, text, 0644);
    }

    @Override
    public void write(String path, String text, int mode) throws IOException {
      Files.createDirectories(resolve(path).getParent());
      Files.writeString(resolve(path), text);
      chmod(path, mode);
    }

    @Override
    public void append(String path, String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replace(String path, String regex, String replacement, int expected) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void copyIn(Path source, String path, int mode) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void makeDirectory(String path, int mode) throws IOException {
      Files.createDirectories(resolve(path));
      chmod(path, mode);
    }

    @Override
    public void symlink(String path, String target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void chmod(String path, int mode) throws IOException {
      Files.setAttribute(resolve(path), "unix:mode", mode);
    }

    @Override
    public boolean delete(String path) throws IOException {
      if (!Files.exists(resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      try (Stream<Path> all = Files.walk(resolve(path))) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
      return true;
    }

    @Override
    public List<String> list(String path) throws IOException {
      if (!Files.isDirectory(resolve(path))) {
        return List.of();
      }
      try (Stream<Path> entries = Files.list(resolve(path))) {
        return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
      }
    }

    @Override
    public CommandResult run(Command command) {
      throw new UnsupportedOperationException();
    }
  }
}
