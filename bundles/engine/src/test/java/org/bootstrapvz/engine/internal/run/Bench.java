/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;

/** Everything that a build needs, recorded for the test. */
final class Bench {
  final Path folder;
  final Path state;
  final FakePlan plan;
  final FakeMachine machine = new FakeMachine();
  final ResourceTypes types = new ResourceTypes();
  final BuilderService builder;

  /** The events that a build reported to its listener. */
  final List<BuildEvent> events = new ArrayList<>();

  /** The operations outside of the build, in order: releases of resources, closing of sandboxes. */
  final List<String> done = new ArrayList<>();

  final List<Duration> pauses = new ArrayList<>();
  final ManualTimer timer = new ManualTimer();

  /** How often the release of a resource fails before it succeeds. */
  final Map<String, Integer> busy = new HashMap<>();

  /** The exception that the release of a resource throws instead. */
  final Map<String, RuntimeException> faults = new HashMap<>();

  Bench(Path folder) {
    this.folder = folder;
    this.state = folder.resolve("state");
    this.plan = new FakePlan(folder);
    machine.log = done::add;
    addType(ResourceSpec.FOLDER, new FolderResource());
    addType(ResourceSpec.FILE, new FileResource());
    addType("thing", this::releaseThing);
    this.builder = builder(Duration.ofSeconds(60), Duration.ofSeconds(60));
  }

  /** Another builder with the same state, as in another process. */
  BuilderService builder(Duration localLimit, Duration networkLimit) {
    return new BuilderService(
        manifest -> plan, machine, types, state, pauses::add, timer, localLimit, networkLimit);
  }

  void addNetworkType(String name, ResourceType type) {
    types.addResourceType(type, Map.of(ResourceType.TYPE, name, ResourceType.NETWORK, true));
  }

  void addType(String name, ResourceType type) {
    types.addResourceType(type, Map.of(ResourceType.TYPE, name));
  }

  /** A resource that is released to the test. */
  static ResourceSpec thing(String name) {
    return new ResourceSpec("thing", Map.of("name", name), "thing " + name);
  }

  private void releaseThing(ResourceSpec spec, ReleaseContext context) throws BuildException {
    String name = spec.parameters().get("name");
    if (context.sandbox().isPresent()) {
      context.sandbox().get().run(Command.of("drop", name));
    }
    if (Thread.interrupted()) {
      throw new BuildCancelledException();
    }
    if (faults.containsKey(name)) {
      throw faults.get(name);
    }
    if (busy.merge(name, -1, Integer::sum) >= 0) {
      throw new BuildException(name + " is busy");
    }
    done.add(name);
  }

  BuildResult build() {
    return build(event -> {});
  }

  BuildResult build(BuildListener listener) {
    return build(BuildRequest.of(folder.resolve("image.yml")), listener);
  }

  BuildResult build(BuildRequest request, BuildListener listener) {
    return builder.build(
        request,
        event -> {
          events.add(event);
          listener.on(event);
        });
  }

  <E extends BuildEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns the names of the existing journals. */
  List<String> journals() {
    Path journals = state.resolve("journal");
    if (!Files.exists(journals)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(journals)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates a journal that no process holds. */
  Path writeJournal(String id, String content) throws IOException {
    Files.createDirectories(state.resolve("journal"));
    return Files.writeString(state.resolve("journal").resolve(id + ".journal"), content);
  }
}
