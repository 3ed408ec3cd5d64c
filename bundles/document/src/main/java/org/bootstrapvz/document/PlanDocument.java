/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;

/**
 * A plan as a JSON document: the form in which commands print it, the appliance stores it, and its
 * API and page show it. It holds nothing of the manifest but the name of its file, so it holds no
 * secrets. Immutable.
 *
 * <pre>{@code
 * {
 *   "manifest": "web.yml",
 *   "provider": "kvm",
 *   "plugins": ["commands"],
 *   "tasks": [
 *     {"id": "…", "name": "…", "phase": "Preparation", "description": "…",
 *      "bundle": "…", "version": "…", "requestedBy": ["provider kvm"]}],
 *   "relations": [{"before": "<id of a task>", "after": "<id of a task>", "reason": "…"}],
 *   "hostCommands": [{"name": "qemu-img", "debianPackage": "qemu-utils"}]
 * }
 * }</pre>
 *
 * @param manifest the manifest's file, as the user named it; empty in documents that do not say
 * @param provider name of the provider
 * @param plugins names of the plugins, in the order of the manifest
 * @param tasks the task list, in the order in which the tasks run
 * @param relations the orders between tasks within a phase, with their reasons, as in {@link
 *     Plan#relations}
 * @param hostCommands the host commands that the tasks need, sorted
 */
public record PlanDocument(
    String manifest,
    String provider,
    List<String> plugins,
    List<PlannedTask> tasks,
    List<Relation> relations,
    List<HostCommand> hostCommands) {
  /** Copies the lists. A list that is null, as in a document that lacks it, becomes empty. */
  public PlanDocument {
    manifest = manifest == null ? "" : manifest;
    Objects.requireNonNull(provider, "provider");
    plugins = plugins == null ? List.of() : List.copyOf(plugins);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    relations = relations == null ? List.of() : List.copyOf(relations);
    hostCommands = hostCommands == null ? List.of() : List.copyOf(hostCommands);
  }

  /** Creates the document of a plan. */
  public static PlanDocument of(Plan plan) {
    return of(plan.file().toString(), plan);
  }

  /** Creates the document of a plan whose manifest was read from a temporary file. */
  public static PlanDocument withoutFile(Plan plan) {
    return of("", plan);
  }

  private static PlanDocument of(String manifest, Plan plan) {
    return new PlanDocument(
        manifest,
        plan.provider(),
        plan.plugins(),
        plan.tasks(),
        plan.relations(),
        List.copyOf(plan.hostCommands()));
  }

  /**
   * Reads a document that {@link #json} or {@link #indentedJson} wrote. Unknown members are
   * ignored.
   *
   * @throws IllegalArgumentException if the text is not a plan document; the message says where and
   *     why
   */
  public static PlanDocument parse(String json) {
    return Json.read(json, PlanDocument.class, "plan document");
  }

  /**
   * Returns the plan.
   *
   * @param planned the manifest of the plan, see {@link ManifestDocument}
   */
  public Plan plan(Manifest planned) {
    return new Plan(planned, provider, plugins, tasks, relations, new TreeSet<>(hostCommands));
  }

  /** Returns the document as JSON on one line. */
  public String json() {
    return Json.compact(this);
  }

  /** Returns the document as indented JSON, with a newline at the end. */
  public String indentedJson() {
    return Json.indented(this);
  }
}
