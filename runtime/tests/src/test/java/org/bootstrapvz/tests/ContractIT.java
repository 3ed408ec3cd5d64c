/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSchema;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.testkit.BundleContent;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.Trial;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The contract of providers and plugins, for all bundles together. The findings are printed for
 * each bundle and written to {@code target/contract.txt}. A bundle that no example manifest uses
 * has no tasks there, and is only checked by its own tests.
 */
@RunWith(PaxExam.class)
public class ContractIT {
  private static final String PASSWORD = "zX9-keep-this-to-yourself";
  private static final Path REPORT = Path.of("target/contract.txt").toAbsolutePath();

  @Inject private BundleContext context;
  private Platform platform;

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options()};
  }

  @Before
  public void startPlatform() throws Exception {
    platform = Platform.start(context);
  }

  private Map<String, Extension> extensions(Class<? extends Extension> kind, String property)
      throws Exception {
    Map<String, Extension> extensions = new TreeMap<>();
    for (ServiceReference<?> each : context.getAllServiceReferences(kind.getName(), null)) {
      String name = String.valueOf(each.getProperty(property));
      extensions.put(name, (Extension) context.getService(each));
    }
    assertFalse(extensions.isEmpty());
    return extensions;
  }

  /** The manifests of the distribution, with a password that does not occur anywhere else. */
  private List<Plan> plans() throws IOException {
    List<Plan> plans = new ArrayList<>();
    for (Path shipped : PlansIT.manifests()) {
      if (platform.service(Planner.class).rows(ManifestSource.of(shipped)).size() > 1) {
        // It includes files next to it, and has the tasks of the others.
        continue;
      }
      Path manifest =
          Platform.WORK.resolve(shipped.getParent().getFileName() + "-" + shipped.getFileName());
      Files.createDirectories(Platform.WORK);
      copyFilesOf(shipped);
      Files.writeString(
          manifest, Files.readString(shipped).replace("password: test", "password: " + PASSWORD));
      plans.add(platform.service(Planner.class).plan(manifest).plan().orElseThrow());
    }
    assertTrue(
        plans.stream().anyMatch(plan -> plan.manifest().secrets().contains(Secret.of(PASSWORD))));
    return plans;
  }

  /** Manifests name files in a directory next to them. */
  private static void copyFilesOf(Path manifest) throws IOException {
    Path folder = manifest.resolveSibling("files");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.toList()) {
          Path copy = Platform.WORK.resolve("files").resolve(folder.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private List<Bundle> offering() {
    return Stream.of(context.getBundles())
        .filter(
            bundle ->
                bundle.getSymbolicName().matches("org\\.bootstrapvz\\.(provider|plugin)\\..+"))
        .toList();
  }

  private static Path file(Bundle bundle) {
    return Path.of(java.net.URI.create(bundle.getLocation().replaceFirst("^reference:", "")));
  }

  @Test
  public void eachBundleDeclaresItsCapabilitiesAndTheOrderOfItsTasks() throws IOException {
    Map<String, List<String>> problems = new TreeMap<>();
    for (Bundle bundle : offering()) {
      problems.put(bundle.getSymbolicName(), BundleContent.of(file(bundle)).problems());
    }
    assertFalse(problems.isEmpty());
    problems.values().removeIf(List::isEmpty);
    assertEquals(Map.of(), problems);
  }

  @Test
  public void eachSchemaRefusesAKeyItDoesNotKnow() throws Exception {
    for (String name : extensions(Plugin.class, "bootstrapvz.plugin.name").keySet()) {
      assertRefused("kvm", "plugins: {" + name + ": {no-such-key: 1}}", "plugins." + name);
    }
    for (String name : extensions(Provider.class, "bootstrapvz.provider.name").keySet()) {
      assertRefused(name + ", no-such-key: 1", "", "provider");
    }
  }

  private void assertRefused(String provider, String plugins, String path) throws IOException {
    Path file = Platform.WORK.resolve("refused.yml");
    Files.createDirectories(Platform.WORK);
    Files.writeString(
        file,
        """
        name: refused
        provider: {name: %s}
        bootstrapper: {workspace: target}
        system:
          {release: trixie, architecture: amd64, bootloader: grub, charmap: UTF-8, locale: en_US, timezone: UTC}
        volume: {backing: raw, partitions: {type: gpt, root: {filesystem: ext4, size: 1GiB}}}
        %s
        """
            .formatted(provider, plugins));
    Planning planning = platform.service(Planner.class).plan(file);
    assertTrue(path + ": " + planning.problems(), planning.plan().isEmpty());
    assertTrue(
        planning.problems().toString(),
        planning.problems().stream().anyMatch(p -> p.path().startsWith(path) && refuses(p)));
  }

  /** The schema of some settings is not that of a map. */
  private static boolean refuses(Problem problem) {
    return problem.toString().contains("no-such-key")
        || problem.toString().contains("but is a map");
  }

  @Test
  public void theComposedSchemaAcceptsTheExamplesAndNoUnknownPlugin() throws Exception {
    Path schema = Platform.WORK.resolve("composed.json");
    Files.createDirectories(Platform.WORK);
    String text = platform.service(ManifestSchema.class).text();
    Files.writeString(schema, text);
    ManifestReader reader = platform.service(ManifestReader.class);
    List<Problem> problems = new ArrayList<>();
    for (Plan plan : plans()) {
      reader.check(plan.manifest(), "", schema.toUri().toURL(), problems::add);
    }
    assertEquals(List.of(), problems);

    // With a unique name, since the reader caches schemas by their addresses.
    Path other = Platform.WORK.resolve("composed-other.json");
    Files.writeString(other, text.replace("root_password", "other_password"));
    Plan withPassword =
        plans().stream().filter(plan -> plan.plugins().contains("root_password")).findFirst().get();
    reader.check(withPassword.manifest(), "", other.toUri().toURL(), problems::add);
    assertTrue(problems.toString(), problems.toString().contains("root_password"));
  }

  @Test
  public void twoPlansAreEqualAndShowNoSecret() throws IOException {
    List<Plan> first = plans();
    List<Plan> second = plans();
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.get(i).tasks(), second.get(i).tasks());
      assertEquals(first.get(i).relations(), second.get(i).relations());
      assertEquals(first.get(i).hostCommands(), second.get(i).hostCommands());
      for (Secret secret : first.get(i).manifest().secrets()) {
        String shown = first.get(i).tasks() + " " + first.get(i).relations();
        assertFalse(first.get(i).file() + ": " + shown, shown.contains(secret.reveal()));
      }
    }
  }

  @Test
  public void aDryRunChangesNothing() throws IOException {
    for (Plan plan : plans()) {
      BuildResult result =
          platform
              .service(Builder.class)
              .build(new BuildRequest(plan.file(), true, false), event -> {});
      assertEquals(plan.file().toString(), BuildResult.Status.SUCCEEDED, result.status());
      String workspace = plan.manifest().at("bootstrapper.workspace").text();
      assertFalse(workspace, Files.exists(plan.manifest().resolve(workspace)));
      assertFalse(workspace, Files.exists(Path.of(workspace)));
    }
  }

  @Test
  public void stoppingABundleLeavesNoThread() throws Exception {
    for (Bundle bundle : offering()) {
      bundle.stop();
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      bundle.start();
      plans();
      bundle.stop();
      Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
      left.removeAll(before);
      left.removeIf(thread -> !thread.isAlive());
      assertEquals(bundle.getSymbolicName(), Set.of(), left);
      bundle.start();
    }
  }

  @Test
  public void afterAnyFailureNothingIsLeftBehindAndNoSecretIsShown() throws Exception {
    Map<String, Task> services = new LinkedHashMap<>();
    for (ServiceReference<Task> each : context.getServiceReferences(Task.class, null)) {
      services.put(String.valueOf(each.getProperty("component.name")), context.getService(each));
    }
    Map<String, Row> rows = new TreeMap<>();
    Set<String> violations = new TreeSet<>();
    Map<String, String> notRun = new TreeMap<>();
    Trial trial = new Trial();
    for (Plan plan : plans()) {
      Map<String, Task> tasks = new LinkedHashMap<>();
      plan.tasks().forEach(task -> tasks.put(task.id(), services.get(task.id())));
      Trial.Outcome outcome = trial.run(tasks, folder -> recording(plan, folder));
      violations.addAll(outcome.violations());
      for (PlannedTask task : plan.tasks()) {
        Row row = rows.computeIfAbsent(task.bundle(), key -> new Row());
        row.faults += outcome.faults().getOrDefault(task.id(), 0);
        row.tasks.add(task.id());
        if (!outcome.notRun().containsKey(task.id())) {
          row.ran.add(task.id());
        } else {
          notRun.put(task.id(), outcome.notRun().get(task.id()).lines().findFirst().orElse(""));
        }
      }
    }
    rows.values().forEach(row -> notRun.keySet().removeAll(row.ran));
    offering().forEach(bundle -> rows.computeIfAbsent(bundle.getSymbolicName(), key -> new Row()));
    report(rows, notRun);
    assertEquals(Set.of(), violations);
    int tasks = rows.values().stream().mapToInt(row -> row.tasks.size()).sum();
    int ran = rows.values().stream().mapToInt(row -> row.ran.size()).sum();
    assertTrue("Too few tasks could run: " + notRun, ran * 10 >= tasks * 9);
  }

  private static final class Row {
    private final Set<String> tasks = new TreeSet<>();
    private final Set<String> ran = new TreeSet<>();
    private int faults;
  }

  private static void report(Map<String, Row> rows, Map<String, String> notRun) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("%-40s %8s %8s %8s%n".formatted("BUNDLE", "TASKS", "RAN", "FAULTS"));
    rows.forEach(
        (bundle, row) ->
            text.append(
                "%-40s %8d %8d %8d%n"
                    .formatted(bundle, row.tasks.size(), row.ran.size(), row.faults)));
    notRun.forEach((task, why) -> text.append("not run: " + task + ": " + why + "\n"));
    System.out.print(text);
    Files.writeString(REPORT, text.toString());
  }

  private static TestBuild recording(Plan plan, Path folder) throws IOException {
    TestBuild build = new TestBuild(plan.manifest(), folder, new RecordingHost());
    build.machine().withMountableFiles();
    Files.delete(build.workspace());
    return build;
  }
}
