/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.bootstrapvz.api.build.Artefact;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.resource.Creation;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;

/** A build whose tasks are run one by one by a test. */
public final class TestBuild implements Build, AutoCloseable {
  private final Manifest manifest;
  private final Path workspace;
  private final Sandbox sandbox;
  private final Map<Class<?>, List<Object>> values = new LinkedHashMap<>();
  private final List<Resource> resources = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<Path> delivered = new ArrayList<>();
  private long memory = 4L << 30;
  private boolean mountsFiles;

  public TestBuild(Manifest manifest, Path folder, Sandbox sandbox) throws IOException {
    this.manifest = manifest;
    this.workspace = Files.createDirectory(folder.resolve("12345678"));
    this.sandbox = sandbox;
  }

  /** Gives the machine that much memory. */
  public TestBuild withMemory(long bytes) {
    memory = bytes;
    return this;
  }

  /** Lets the machine mount files. */
  public TestBuild withMountableFiles() {
    mountsFiles = true;
    return this;
  }

  /** What was delivered. */
  public List<Path> delivered() {
    return delivered;
  }

  /** What is taken and not given back. */
  public List<String> held() {
    return resources.stream().map(resource -> resource.spec().description()).toList();
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
    return new TestMachine(memory, mountsFiles);
  }

  @Override
  public Sandbox sandbox() {
    return sandbox;
  }

  @Override
  public Root root() {
    return require(Root.class);
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
    Resource resource = new Held(spec);
    resources.add(resource);
    try {
      creation.create();
    } catch (IOException e) {
      throw new BuildException(String.valueOf(e.getMessage()), e);
    }
    return resource;
  }

  @Override
  public Artefact deliver(Path file) {
    delivered.add(file);
    return new Artefact(file, 0, 0, "");
  }

  @Override
  public void progress(double fraction, String detail) {
    log.add(detail);
  }

  @Override
  public void log(String line) {
    log.add(line);
  }

  @Override
  public void warn(String message) {
    log.add(message);
  }

  /** Gives everything back. */
  @Override
  public void close() throws BuildException {
    List<Resource> rest = new ArrayList<>(resources);
    Collections.reverse(rest);
    for (Resource resource : rest) {
      resource.release();
    }
  }

  private final class Held implements Resource {
    private final ResourceSpec spec;

    Held(ResourceSpec spec) {
      this.spec = spec;
    }

    @Override
    public ResourceSpec spec() {
      return spec;
    }

    @Override
    public void release() throws BuildException {
      if (!resources.remove(this)) {
        return;
      }
      if (spec.type().equals(ResourceSpec.MOUNT)) {
        sandbox.run(
            Command.of("umount", "--recursive", spec.parameters().get("target"))
                .accepting(0, 1, 32));
      } else {
        try {
          Files.deleteIfExists(Path.of(spec.parameters().get("path")));
        } catch (IOException e) {
          throw new BuildException(String.valueOf(e.getMessage()), e);
        }
      }
    }
  }

  private record TestMachine(long availableMemory, boolean canMountFiles) implements Machine {
    @Override
    public Sandbox open(CommandObserver observer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<HostCommand> missing(Collection<HostCommand> commands) {
      return List.of();
    }

    @Override
    public void install(SortedSet<String> packages, Consumer<String> output) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String architecture() {
      return "amd64";
    }
  }
}
