/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.testkit.TestMachine;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * The real engine with all tasks of whole builds, on a recording host: once without failures, then
 * once for each command of each task with that one failing, and once cancelled in each task. No run
 * may leave anything behind.
 */
@RunWith(PaxExam.class)
public class InjectedFailureIT {
  /** Together they use tasks of every provider and of most plugins. */
  private static final List<String> MANIFESTS =
      List.of(
          "kvm/trixie.yml",
          "kvm/trixie-vagrant.yml",
          "virtualbox/bookworm.yml",
          "docker/trixie.yml",
          "plugins/server.yml",
          "plugins/cloud.yml");

  private static final Path FOLDER = Platform.WORK.resolve("injected");

  @Inject private BundleContext context;
  private Platform platform;
  private Machine machine;

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options()};
  }

  @Before
  public void startPlatformOnARecordingHost() throws Exception {
    platform = Platform.start(context);
    Machine current =
        (Machine)
            Proxy.newProxyInstance(
                Machine.class.getClassLoader(),
                new Class<?>[] {Machine.class},
                (proxy, method, given) -> method.invoke(machine, given));
    context.registerService(
        Machine.class, current, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, 1)));
    ServiceComponentRuntime components = platform.service(ServiceComponentRuntime.class);
    components
        .disableComponent(
            components.getComponentDescriptionDTO(
                platform.bundles("org.bootstrapvz.host").get(0),
                "org.bootstrapvz.host.internal.LinuxMachine"))
        .getValue();
    copyManifests();
  }

  /** With the workspace in a directory of the test. */
  private static void copyManifests() throws IOException {
    Path shipped = Path.of(System.getProperty("bootstrapvz.manifests"));
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.toList()) {
        Path copy = FOLDER.resolve(shipped.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.writeString(
              copy,
              Files.readString(file)
                  .replace("workspace: images", "workspace: " + FOLDER.resolve("images")));
        }
      }
    }
  }

  /** The command with this number among those of a task. */
  private record Moment(String task, int command) {}

  /** A build, and its recorded effects. */
  private final class Attempt {
    private final List<String> tasks = new ArrayList<>();
    private final List<Moment> commands = new ArrayList<>();
    private final BuildResult result;
    private String running;
    private int number;

    private Attempt(Path manifest, Predicate<Moment> fails, Predicate<String> cancelled) {
      RecordingHost host = new RecordingHost();
      host.answering(
          command -> running != null && fails.test(next()),
          command -> {
            throw new IOException("A failure of the test's");
          });
      machine = new TestMachine(host).withMountableFiles();
      result =
          platform
              .service(Builder.class)
              .build(
                  new BuildRequest(manifest, false, false),
                  event -> {
                    if (event instanceof BuildEvent.TaskStarted started) {
                      begin(started.task().id());
                      if (cancelled.test(running)) {
                        Thread.currentThread().interrupt();
                      }
                    } else if (event instanceof BuildEvent.TaskFinished
                        || event instanceof BuildEvent.Failing) {
                      running = null;
                    }
                  });
      Thread.interrupted();
    }

    private void begin(String task) {
      running = task;
      number = 0;
      tasks.add(task);
    }

    private Moment next() {
      Moment moment = new Moment(running, number++);
      commands.add(moment);
      return moment;
    }
  }

  private Attempt undisturbed(Path manifest) {
    return new Attempt(manifest, command -> false, task -> false);
  }

  private Attempt failing(Path manifest, Moment moment) {
    return new Attempt(manifest, moment::equals, task -> false);
  }

  private Attempt cancelled(Path manifest, String when) {
    return new Attempt(manifest, command -> false, when::equals);
  }

  @Test
  public void afterAnyFailureOrCancellationTheEngineLeavesNothingBehind() throws Exception {
    Set<Path> before = files();
    Set<Object> tried = new HashSet<>();
    List<String> violations = new ArrayList<>();
    int failed = 0;
    for (String name : MANIFESTS) {
      Path manifest = FOLDER.resolve("examples").resolve(name);
      Attempt whole = undisturbed(manifest);
      assertEquals(name + ": " + whole.result, BuildResult.Status.SUCCEEDED, whole.result.status());
      deleteDelivered(whole.result);
      assertEquals(name, before, files());
      for (Moment moment : whole.commands) {
        if (tried.add(moment)) {
          Attempt attempt = failing(manifest, moment);
          deleteDelivered(attempt.result);
          check(name + ", " + moment + " fails", attempt.result, before, violations);
          failed += attempt.result.status() == BuildResult.Status.FAILED ? 1 : 0;
        }
      }
      for (String task : whole.tasks) {
        if (tried.add(task)) {
          Attempt attempt = cancelled(manifest, task);
          deleteDelivered(attempt.result);
          check(name + ", cancelled in " + task, attempt.result, before, violations);
        }
      }
    }
    System.out.println(tried.size() + " failures and cancels, " + failed + " failed builds");
    assertEquals(List.of(), violations);
    assertTrue("failed: " + failed, failed > 0);
  }

  @Test
  public void anOlderImageIsRestoredIfTheBuildIsCancelledWhileItDeliversTheNewOne()
      throws Exception {
    Path manifest = FOLDER.resolve("examples/kvm/trixie.yml");
    Attempt whole = undisturbed(manifest);
    Path image = ((Artefact.Local) whole.result.artefacts().get(0)).path();
    Files.writeString(image, "of yesterday");
    Set<Path> before = files();

    Attempt attempt = cancelled(manifest, "org.bootstrapvz.common.image.MoveImage");

    assertEquals(BuildResult.Status.CANCELLED, attempt.result.status());
    assertEquals("of yesterday", Files.readString(image));
    assertEquals(before, files());
    Files.delete(image);
  }

  private static void check(
      String when, BuildResult result, Set<Path> before, List<String> violations)
      throws IOException {
    result
        .notReleased()
        .forEach(problem -> violations.add("When " + when + " is not released: " + problem));
    Set<Path> left = files();
    left.removeAll(before);
    for (Path file : left) {
      violations.add("When " + when + " is left behind: " + file);
    }
    for (Path file : left.stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(file);
    }
  }

  private static void deleteDelivered(BuildResult result) throws IOException {
    for (Artefact artefact : result.artefacts()) {
      try (Stream<Path> all = Files.walk(((Artefact.Local) artefact).path())) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** All files in the directories of the manifests and of the state. */
  private static Set<Path> files() throws IOException {
    Set<Path> files = new TreeSet<>();
    for (Path folder : List.of(FOLDER, Platform.STATE)) {
      Files.createDirectories(folder);
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(file -> !file.endsWith("images")).forEach(files::add);
      }
    }
    return files;
  }
}
