/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.NamedCreation;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.engine.internal.plan.TaskValues;

/** The view of a build for one of its tasks. */
final class TaskBuild implements Build {
  private final BuildRun run;
  private final PlannedTask task;
  private final Values.View values;

  TaskBuild(BuildRun run, PlannedTask task, TaskValues declared) {
    this.run = run;
    this.task = task;
    this.values = run.values().of(task, declared);
  }

  @Override
  public String id() {
    return run.journal().id();
  }

  @Override
  public Manifest manifest() {
    Manifest manifest = run.plan().manifest();
    return values.last(Release.class).map(manifest::withRelease).orElse(manifest);
  }

  @Override
  public Path workspace() {
    return run.workspace().toAbsolutePath().normalize().resolve(id());
  }

  @Override
  public Machine machine() {
    return run.machine();
  }

  @Override
  public Sandbox sandbox() {
    return run.sandbox();
  }

  @Override
  public Root root() {
    return values.one(Root.class);
  }

  @Override
  public <T> T require(Class<T> type) {
    return values.require(type);
  }

  @Override
  public <T> List<T> all(Class<T> type) {
    return values.all(type);
  }

  @Override
  public <T> void provide(Class<T> type, T value) {
    values.provide(type, value);
  }

  @Override
  public Resource acquire(ResourceSpec spec, NamedCreation creation) throws BuildException {
    return run.resources().acquire(spec, creation);
  }

  @Override
  public Artefact.Local deliver(Path path) throws BuildException {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("An artefact needs an absolute path, not " + path);
    }
    Artefact.Local artefact = new Measurement(sandbox(), this::progress).of(path);
    run.deliveries().deliver(artefact);
    return artefact;
  }

  @Override
  public Artefact.Remote deliver(Artefact.Remote artefact, Resource... kept) throws BuildException {
    return run.deliveries().deliver(artefact, kept);
  }

  @Override
  public void mask(Secret secret) {
    run.events().mask(secret);
  }

  @Override
  public void progress(double fraction, String detail) {
    run.events().emit(new BuildEvent.TaskProgress(task, fraction, detail));
  }

  @Override
  public void log(String line) {
    run.events().log(line);
  }

  @Override
  public void warn(String message) {
    run.events().warn(message);
  }
}
