/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bootstrapvz.api.task.Task;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Every task of the original exists under its name, or {@code manifests/original-tasks.csv} names
 * its replacement.
 */
@RunWith(PaxExam.class)
public class OriginalTasksIT {
  private static final Path TABLE =
      Path.of(System.getProperty("bootstrapvz.manifests"), "original-tasks.csv");
  private static final Path ORIGINAL =
      Path.of("src/test/resources/original-tasks.txt").toAbsolutePath();
  private static final String PREFIX = "org.bootstrapvz.";

  @Inject private BundleContext context;
  private Set<String> registered;

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options()};
  }

  @Before
  public void collectTasks() throws Exception {
    Platform.start(context);
    registered = ids(context.getServiceReferences(Task.class, null));
    assertTrue(registered.toString(), registered.contains(PREFIX + "common.bootstrap.Bootstrap"));
  }

  private static Set<String> ids(Collection<ServiceReference<Task>> tasks)
      throws InvalidSyntaxException {
    return tasks.stream()
        .map(task -> String.valueOf(task.getProperty("component.name")))
        .collect(Collectors.toSet());
  }

  /** The current ids and the reason, by the id in the original. */
  private static Map<String, List<String>> rows() throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    List<String> lines =
        Files.readAllLines(TABLE).stream().filter(line -> !line.startsWith("#")).toList();
    for (String line : lines) {
      String[] cells = line.split(",", 3);
      assertEquals(line, 3, cells.length);
      assertTrue(line + " is in the table twice", rows.put(cells[0], List.of(cells)) == null);
    }
    return rows;
  }

  private static List<String> originals() throws IOException {
    return Files.readAllLines(ORIGINAL).stream().filter(line -> !line.startsWith("#")).toList();
  }

  /** Java package names have neither upper-case letters nor hyphens. */
  private static String normal(String id) {
    return id.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
  }

  /** The part of an id that names the owner of the task: {@code common}, {@code plugin.ntp}. */
  private static String owner(String original) {
    String[] parts = original.split("\\.");
    return parts[0].equals("common") ? parts[0] : parts[0] + "." + parts[1];
  }

  @Test
  public void everyIdInTheTableBelongsToATask() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (List<String> row : rows().values()) {
      Stream.of(row.get(1).split(" "))
          .filter(id -> !id.isEmpty() && !registered.contains(id))
          .forEach(id -> wrong.add(row.get(0) + ": there is no task " + id));
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  public void everyRowNamesATaskOfTheOriginalAndHasAReason() throws IOException {
    List<String> known = originals();
    for (List<String> row : rows().values()) {
      assertTrue(row.get(0) + " is not a task of the original", known.contains(row.get(0)));
      assertTrue(row.get(0) + " has no reason", !row.get(2).isBlank());
    }
  }

  @Test
  public void everyTaskOfTheOriginalExistsOrIsInTheTable() throws IOException {
    Set<String> here =
        registered.stream()
            .filter(id -> id.startsWith(PREFIX))
            .map(id -> normal(id.substring(PREFIX.length())))
            .collect(Collectors.toSet());
    Set<String> rows = rows().keySet();
    List<String> lost = new ArrayList<>();
    for (String original : originals()) {
      boolean installed =
          here.stream().anyMatch(id -> id.startsWith(normal(owner(original)) + "."));
      if (installed && !here.contains(normal(original)) && !rows.contains(original)) {
        lost.add(original);
      }
    }
    assertEquals(List.of(), lost);
  }

  @Test
  public void noRowNamesATaskThatExistsUnderItsName() throws IOException {
    List<String> needless =
        rows().keySet().stream()
            .filter(
                original ->
                    registered.stream()
                        .anyMatch(id -> normal(id).equals(normal(PREFIX + original))))
            .toList();
    assertEquals(List.of(), needless);
  }
}
