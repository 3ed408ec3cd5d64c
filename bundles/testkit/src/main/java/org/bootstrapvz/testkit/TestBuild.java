/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.NamedCreation;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.value.Secret;

/**
 * A build whose tasks a test runs one by one: {@code new WriteNote().run(build)}. Closing it
 * releases the resources of the tasks in reverse order. Unlike the engine, it does not check which
 * values a task declares.
 */
public final class TestBuild implements Build, AutoCloseable {
  private final Manifest manifest;
  private final Path workspace;
  private final Sandbox sandbox;
  private final TestMachine machine;
  private final Map<Class<?>, List<Object>> values = new LinkedHashMap<>();
  private final Effects effects = new Effects();
  private final HeldResources resources = new HeldResources(this, effects);
  private final DeliveredArtefacts delivered = new DeliveredArtefacts();
  private final List<Secret> secrets = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();

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
      host.beforeEach(effects::add);
    }
    resources.releaseWith(ResourceSpec.FILE, this::delete);
    resources.releaseWith(ResourceSpec.FOLDER, this::delete);
    resources.releaseWith(ResourceSpec.MOUNT, this::unmount);
  }

  /** Releases resources of a type of the test with this. */
  public TestBuild with(String type, ResourceType releasing) {
    resources.releaseWith(type, releasing);
    return this;
  }

  /** Returns the sandbox, to script its answers and to inspect its commands. */
  public TestSandbox host() {
    return (TestSandbox) sandbox;
  }

  /** Returns the resources that were acquired and not released, in the order of acquisition. */
  public List<ResourceSpec> held() {
    return resources.held();
  }

  /** Returns all resources that were acquired, released or not. */
  public List<ResourceSpec> acquired() {
    return resources.acquired();
  }

  /** Returns the delivered files. */
  public List<Path> delivered() {
    return delivered.files();
  }

  /** Returns the delivered remote artefacts. */
  public List<Artefact.Remote> deliveredRemotely() {
    return delivered.remote();
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
    return effects.recorded();
  }

  /** Makes the command, resource or artefact with this number, counted from 0, fail. */
  void failAt(int number) {
    effects.failAt(number);
  }

  @Override
  public String id() {
    return workspace.getFileName().toString();
  }

  @Override
  public Manifest manifest() {
    return all(Release.class).stream()
        .reduce((first, second) -> second)
        .map(manifest::withRelease)
        .orElse(manifest);
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
    return resources.acquire(spec, creation);
  }

  /** {@inheritDoc} The checksum of a file of more than 16 MiB is all zeros here, to save time. */
  @Override
  public Artefact.Local deliver(Path file) throws BuildException {
    effects.add("artefact " + file);
    return delivered.add(file);
  }

  @Override
  public Artefact.Remote deliver(Artefact.Remote artefact, Resource... kept) throws BuildException {
    effects.add("artefact " + artefact.id());
    resources.keep(List.of(kept));
    delivered.add(artefact);
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
    effects.succeed();
    resources.releaseAll();
  }

  private void delete(ResourceSpec spec, ReleaseContext context) throws IOException {
    delivered.deleteRest(Path.of(parameter(spec, "path")));
  }

  private static String parameter(ResourceSpec spec, String name) {
    return Objects.requireNonNull(spec.parameters().get(name), name);
  }

  private void unmount(ResourceSpec spec, ReleaseContext context) throws BuildException {
    sandbox.run(Command.of("umount", "--recursive", parameter(spec, "target")).accepting(0, 1, 32));
  }
}
