/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.TaskInfo;
import org.osgi.framework.Version;

/** Builds the declaration of a task as in its bundle. The id is {@code org.acme.} and the name. */
public final class DeclaredTask {
  private static final OwnerBundle ACME = new OwnerBundle("org.acme", new Version("1.0.0"), 7);

  private final String name;
  private final Phase phase;
  private OwnerBundle bundle = ACME;
  private final List<String> predecessors = new ArrayList<>();
  private final List<String> successors = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private final List<String> before = new ArrayList<>();
  private final List<String> requires = new ArrayList<>();
  private final List<String> collects = new ArrayList<>();
  private final List<String> collectsAtLeastOne = new ArrayList<>();
  private final List<String> provides = new ArrayList<>();
  private final List<HostCommand> commands = new ArrayList<>();

  private DeclaredTask(String name, Phase phase) {
    this.name = name;
    this.phase = phase;
  }

  public static DeclaredTask task(String name, Phase phase) {
    return new DeclaredTask(name, phase);
  }

  public static DeclaredTask task(String name) {
    return task(name, Phase.PREPARATION);
  }

  public DeclaredTask of(OwnerBundle owner) {
    bundle = owner;
    return this;
  }

  public DeclaredTask predecessor(String other) {
    predecessors.add("org.acme." + other);
    return this;
  }

  public DeclaredTask successor(String other) {
    successors.add("org.acme." + other);
    return this;
  }

  public DeclaredTask after(String other) {
    after.add("org.acme." + other);
    return this;
  }

  public DeclaredTask before(String other) {
    before.add("org.acme." + other);
    return this;
  }

  public DeclaredTask requires(String type) {
    requires.add(type);
    return this;
  }

  public DeclaredTask collects(String type) {
    collects.add(type);
    return this;
  }

  public DeclaredTask collectsAtLeastOne(String type) {
    collectsAtLeastOne.add(type);
    return this;
  }

  public DeclaredTask provides(String type) {
    provides.add(type);
    return this;
  }

  public DeclaredTask command(String command) {
    commands.add(HostCommand.parse(command));
    return this;
  }

  public TaskInfo info() {
    return new TaskInfo(
        "org.acme." + name,
        name,
        bundle,
        phase,
        "Does " + name,
        predecessors,
        successors,
        after,
        before,
        requires,
        collects,
        collectsAtLeastOne,
        provides,
        commands);
  }
}
