/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.manifest.internal.ManifestFiles;

/** Reads a manifest as the engine does and holds it against an extension. */
public final class Desk {
  private final ManifestReader reader = new ManifestFiles();
  private final List<Problem> problems = new ArrayList<>();
  private final Path file;

  public Desk(Path folder) {
    file = folder.resolve("m.yml");
  }

  /** Reads a manifest. */
  public Manifest read(String text) throws IOException {
    Files.writeString(file, text);
    return reader
        .read(file, problems::add)
        .orElseThrow(() -> new AssertionError(problems.toString()));
  }

  /**
   * Reads a manifest and checks what stands at a path of it; the second check needs the first to be
   * fine.
   */
  public Manifest check(String text, Extension extension, String path) throws IOException {
    Manifest manifest = reader.check(read(text), path, extension.schema(), problems::add);
    if (problems.isEmpty()) {
      extension.check(manifest, problems::add);
    }
    return manifest;
  }

  /** What was found wrong: where, what, and what would be right. */
  public List<String> problems() {
    return problems.stream()
        .map(problem -> problem.path() + ": " + problem.message() + ". " + problem.remedy())
        .toList();
  }

  /** The lines at which it was found. */
  public List<Integer> lines() {
    return problems.stream().map(problem -> problem.location().line()).toList();
  }

  /** The names, without packages, of the tasks chosen for a manifest on top of others. */
  public static Set<String> selected(Extension extension, Manifest manifest, String... before) {
    Tasks tasks = new Tasks();
    tasks.ids.addAll(List.of(before));
    extension.selectTasks(tasks, manifest);
    Set<String> names = new LinkedHashSet<>();
    tasks.ids.forEach(id -> names.add(id.substring(id.lastIndexOf('.') + 1)));
    return names;
  }

  private static final class Tasks implements TaskSet {
    private final Set<String> ids = new LinkedHashSet<>();

    @Override
    public TaskSet add(String id) {
      ids.add(id);
      return this;
    }

    @Override
    public TaskSet discard(String id) {
      ids.remove(id);
      return this;
    }

    @Override
    public boolean contains(String id) {
      return ids.contains(id);
    }

    @Override
    public Collection<String> ids() {
      return ids;
    }

    @Override
    public TaskSet requireCommand(HostCommand command) {
      return this;
    }
  }
}
