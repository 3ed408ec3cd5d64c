/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.NamedCreation;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.api.value.Sha256;

/**
 * A build whose tasks a test runs one by one: {@code new WriteNote().run(build)}. Closing it
 * releases the resources of the tasks in reverse order. Unlike the engine, it does not check which
 * values a task declares.
 */
public final class TestBuild implements Build, AutoCloseable {
  private static final long LARGE = 16 << 20;

  private final Manifest manifest;
  private final Path workspace;
  private final Sandbox sandbox;
  private final TestMachine machine;
  private final Map<Class<?>, List<Object>> values = new LinkedHashMap<>();
  private final Map<String, ResourceType> resourceTypes = new HashMap<>();
  private final List<Held> held = new ArrayList<>();
  private final List<ResourceSpec> acquired = new ArrayList<>();
  private final List<Path> delivered = new ArrayList<>();
  private final List<Artefact.Remote> remote = new ArrayList<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final List<String> effects = new ArrayList<>();
  private int failing = -1;

  /**
   * Creates a build with an empty root, the directory {@code root}, and a {@link TestSandbox}.
   *
   * @param folder for the workspace and the root
   */
  public TestBuild(Manifest manifest, Path folder) throws IOException {
    this(manifest, folder, new TestSandbox());
    provide(Root.class, sandbox.root(Files.createDirectory(folder.resolve("root"))));
  }

  /**
   * Creates a build in a sandbox of the test. It has no root until one is provided.
   *
   * @param folder for the workspace
   */
  public TestBuild(Manifest manifest, Path folder, Sandbox sandbox) throws IOException {
    this.manifest = manifest;
    this.workspace = Files.createDirectory(folder.resolve("12345678"));
    this.sandbox = sandbox;
    this.machine = new TestMachine(sandbox);
    if (sandbox instanceof TestSandbox host) {
      host.beforeEach(this::failIfItIsTime);
    }
    resourceTypes.put(ResourceSpec.FILE, (spec, context) -> delete(spec));
    resourceTypes.put(ResourceSpec.FOLDER, (spec, context) -> delete(spec));
    resourceTypes.put(ResourceSpec.MOUNT, (spec, context) -> unmount(spec));
  }

  /** Releases resources of a type of the test with this. */
  public TestBuild with(String type, ResourceType releasing) {
    resourceTypes.put(type, releasing);
    return this;
  }

  /** Returns the sandbox, to script its answers and to inspect its commands. */
  public TestSandbox host() {
    return (TestSandbox) sandbox;
  }

  /** Returns the resources that were acquired and not released, in the order of acquisition. */
  public List<ResourceSpec> held() {
    return held.stream().map(Held::spec).toList();
  }

  /** Returns all resources that were acquired, released or not. */
  public List<ResourceSpec> acquired() {
    return List.copyOf(acquired);
  }

  /** Returns the delivered files. */
  public List<Path> delivered() {
    return List.copyOf(delivered);
  }

  /** Returns the delivered remote artefacts. */
  public List<Artefact.Remote> deliveredRemotely() {
    return List.copyOf(remote);
  }

  /** Returns the secrets that tasks declared. */
  public List<Secret> secrets() {
    return List.copyOf(secrets);
  }

  /** Returns the lines that tasks logged. */
  public List<String> logged() {
    return List.copyOf(log);
  }

  /** Returns the warnings of tasks. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Returns the progress messages of tasks. */
  public List<String> progress() {
    return List.copyOf(progress);
  }

  /** Returns the commands that were run, resources acquired and artefacts delivered so far. */
  List<String> effects() {
    return effects;
  }

  /** Makes the command, resource or artefact with this number, counted from 0, fail. */
  void failAt(int number) {
    failing = number;
  }

  /** A resource fails after it was created: at this point, the most has to be released. */
  private void failIfItIsTime(String what) throws BuildException {
    effects.add(what);
    if (effects.size() - 1 == failing) {
      throw new CommandException(what, 1, List.of("A failure that was asked for"));
    }
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
  public TestMachine machine() {
    return machine;
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
      throw new IllegalStateException(
          "One value of " + type.getName() + " is required, " + all.size() + " were provided");
    }
    return all.get(0);
  }

  /** {@inheritDoc} Filesystems are those of the manifest that are on the class path. */
  @Override
  public <T> List<T> all(Class<T> type) {
    if (type == NamedFilesystem.class && !values.containsKey(type)) {
      return ClasspathTypes.filesystems(manifest).stream().map(type::cast).toList();
    }
    return values.getOrDefault(type, List.of()).stream().map(type::cast).toList();
  }

  @Override
  public <T> void provide(Class<T> type, T value) {
    values.computeIfAbsent(type, key -> new ArrayList<>()).add(value);
  }

  @Override
  public Resource acquire(ResourceSpec spec, NamedCreation creation) throws BuildException {
    if (!resourceTypes.containsKey(spec.type())) {
      throw new IllegalStateException("The test has no ResourceType for " + spec.type());
    }
    Held resource = new Held(spec, String.format("%032x", acquired.size() + 1));
    held.add(resource);
    acquired.add(spec);
    try {
      creation.create(resource.nonce());
      failIfItIsTime(spec.description());
    } catch (IOException e) {
      throw new BuildException(String.valueOf(e.getMessage()), e);
    }
    return resource;
  }

  /** {@inheritDoc} The checksum of a file of more than 16 MiB is all zeros here, to save time. */
  @Override
  public Artefact.Local deliver(Path file) throws BuildException {
    failIfItIsTime("artefact " + file);
    if (!Files.isRegularFile(file)) {
      // A directory, or a device that does not exist where tests run.
      delivered.add(file);
      return new Artefact.Local(file, 0, 0, "");
    }
    try {
      long size = Files.size(file);
      String checksum = size > LARGE ? "0".repeat(64) : Sha256.of(file);
      delivered.add(file);
      return new Artefact.Local(file, size, size, checksum);
    } catch (IOException e) {
      throw new BuildException(file + " cannot be read", e);
    }
  }

  @Override
  public Artefact.Remote deliver(Artefact.Remote artefact, Resource... kept) throws BuildException {
    failIfItIsTime("artefact " + artefact.id());
    if (!held.containsAll(List.of(kept))) {
      throw new IllegalArgumentException("A resource is kept that the build does not hold");
    }
    held.removeAll(List.of(kept));
    remote.add(artefact);
    return artefact;
  }

  @Override
  public void mask(Secret secret) {
    secrets.add(secret);
  }

  @Override
  public void progress(double fraction, String detail) {
    progress.add(detail);
  }

  @Override
  public void log(String line) {
    log.add(line);
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  /**
   * Releases all resources.
   *
   * @throws BuildException naming all that could not be released; they stay in the list of held
   *     resources
   */
  @Override
  public void close() throws BuildException {
    failing = -1;
    List<String> problems = new ArrayList<>();
    for (int i = held.size() - 1; i >= 0; i--) {
      Held resource = held.get(i);
      try {
        resource.release();
      } catch (BuildException e) {
        problems.add(resource.spec().description() + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new BuildException("Not released: " + String.join("; ", problems));
    }
  }

  private void delete(ResourceSpec spec) throws IOException {
    Path path = Path.of(spec.parameters().get("path"));
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        // Delivered artefacts stay, with their content and their parent directories.
        if (delivered.stream()
            .noneMatch(artefact -> artefact.startsWith(each) || each.startsWith(artefact))) {
          Files.delete(each);
        }
      }
    }
  }

  private void unmount(ResourceSpec spec) throws BuildException {
    sandbox.run(
        Command.of("umount", "--recursive", spec.parameters().get("target")).accepting(0, 1, 32));
  }

  private final class Held implements Resource {
    private final ResourceSpec spec;
    private final String nonce;

    private Held(ResourceSpec spec, String nonce) {
      this.spec = spec;
      this.nonce = nonce;
    }

    @Override
    public String nonce() {
      return nonce;
    }

    @Override
    public ResourceSpec spec() {
      return spec;
    }

    @Override
    public void release() throws BuildException {
      if (!held.contains(this)) {
        return;
      }
      try {
        resourceTypes.get(spec.type()).release(spec, new Context(nonce));
      } catch (IOException e) {
        throw new BuildException(String.valueOf(e.getMessage()), e);
      }
      held.remove(this);
    }
  }

  private final class Context implements ReleaseContext {
    private final String nonce;

    private Context(String nonce) {
      this.nonce = nonce;
    }

    @Override
    public String nonce() {
      return nonce;
    }

    @Override
    public void mask(Secret secret) {
      secrets.add(secret);
    }

    @Override
    public Optional<Sandbox> sandbox() {
      return Optional.of(sandbox);
    }

    @Override
    public void log(String line) {
      log.add(line);
    }
  }
}
