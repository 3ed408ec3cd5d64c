/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Task;
import org.junit.jupiter.api.Test;

/**
 * The contract of every provider and plugin, as far as it can be checked without a container. A
 * test extends it for each provider or plugin of a bundle. {@link DistributionContract} checks what
 * needs the container.
 */
public abstract class ExtensionContract {
  /** For subclasses. */
  protected ExtensionContract() {}

  /** Returns the provider or plugin. */
  protected abstract Extension extension();

  /** Returns a manifest for which it selects all its tasks; a new one for each call. */
  protected abstract TestManifest manifest();

  /** Prepares a build for its tasks: values and files of other tasks, answers of commands. */
  protected void prepare(TestBuild build) throws IOException, BuildException {}

  /** Creates the task of this class. Override it for tasks with injected services. */
  protected Task task(Class<? extends Task> type) throws ReflectiveOperationException {
    return type.getDeclaredConstructor().newInstance();
  }

  private Map<String, Task> tasks() throws IOException, ReflectiveOperationException {
    Map<String, Task> tasks = new LinkedHashMap<>();
    Set<String> selected = TestTaskSet.selectedBy(extension(), manifest()).ids();
    for (Declared declared : BundleContent.with(extension().getClass()).tasksInOrder()) {
      if (selected.contains(declared.implementation())) {
        tasks.put(declared.implementation(), task(type(declared)));
      }
    }
    return tasks;
  }

  private Class<? extends Task> type(Declared declared) throws ClassNotFoundException {
    ClassLoader loader = extension().getClass().getClassLoader();
    return Class.forName(declared.implementation(), true, loader).asSubclass(Task.class);
  }

  private TestBuild build(Path folder) throws IOException, BuildException {
    TestBuild build = new TestBuild(manifest().withFile(folder.resolve("manifest.yml")), folder);
    prepare(build);
    return build;
  }

  /** Metadata. */
  @Test
  public void itsBundleSaysWhatItOffersAndItsTasksAreOrderedWithoutACircle() throws IOException {
    assertEquals(List.of(), BundleContent.with(extension().getClass()).problems());
  }

  /** Selection. */
  @Test
  public void itSelectsEachOfItsTasksForSomeManifestAndTheSameOnesEachTime() throws IOException {
    TestTaskSet first = TestTaskSet.selectedBy(extension(), manifest());
    TestTaskSet second = TestTaskSet.selectedBy(extension(), manifest());

    assertEquals(first.ids(), second.ids());
    assertEquals(first.commands(), second.commands());
    List<String> own =
        BundleContent.with(extension().getClass()).tasks().stream()
            .map(Declared::implementation)
            .toList();
    assertTrue(first.ids().stream().anyMatch(own::contains), first.ids() + " are not its own");
  }

  /** Schema. */
  @Test
  public void itsSchemaHasADraftAndAllowsNoKeyThatItDoesNotKnow() throws IOException {
    URL schema = extension().schema();
    if (schema == null) {
      return;
    }
    String text;
    try (InputStream in = schema.openStream()) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertTrue(text.contains("\"https://json-schema.org/draft/2020-12/schema\""), text);
    assertTrue(text.contains("\"additionalProperties\": false") || text.contains("$ref"), text);
  }

  /** State. */
  @Test
  public void itsTasksKeepNoState() throws Exception {
    List<String> state = new ArrayList<>();
    for (Declared declared : BundleContent.with(extension().getClass()).tasks()) {
      for (Field field : type(declared).getDeclaredFields()) {
        if (!Modifier.isFinal(field.getModifiers()) && !field.isSynthetic()) {
          state.add(declared.implementation() + "." + field.getName());
        }
      }
    }
    assertEquals(List.of(), state);
  }

  /** Running. */
  @Test
  public void itsTasksRunLeaveNothingBehindWhateverFailsAndShowNoSecret() throws Exception {
    Trial.Outcome outcome = new Trial().run(tasks(), this::build);

    assertEquals(Map.of(), outcome.notRun(), "prepare() must give tasks what they need");
    assertEquals(Set.of(), outcome.violations());
  }
}
