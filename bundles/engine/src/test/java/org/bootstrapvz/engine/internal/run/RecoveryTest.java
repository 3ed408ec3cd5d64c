/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static org.bootstrapvz.engine.internal.run.Bench.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources of dead builds are released. */
class RecoveryTest {
  @TempDir Path folder;
  Bench bench;
  final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void setUpBench() {
    bench = new Bench(folder);
  }

  private void recover() {
    bench.builder.recover(warnings::add, line -> {});
  }

  @Test
  void theNextBuildReleasesTheResourcesOfADeadOneInReverseOrder() throws IOException {
    bench.writeJournal(
        "1a2b3c4d",
        """
        acquire\t1\tn1\tthing\tthing a\tname\ta
        acquire\t2\tn2\tthing\tthing b\tname\tb
        released\t2
        acquire\t3\tn3\tthing\tthing c\tname\tc
        """);
    bench.plan.task("step", build -> bench.done.add("step"));

    bench.build();

    assertEquals(List.of("c", "a", "open", "step", "close"), bench.done);
    assertEquals(
        List.of(
            new BuildEvent.Warning(
                "Build 1a2b3c4d left resources behind; released thing c, thing a")),
        bench.events(BuildEvent.Warning.class));
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void anIncompleteLastLineIsIgnored() throws IOException {
    bench.writeJournal(
        "1a2b3c4d", "acquire\t1\tn1\tthing\tthing a\tname\ta\nacquire\t2\tn2\tthing\tthing b\tna");

    recover();

    assertEquals(List.of("a"), bench.done);
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void aJournalOfANewerVersionIsNotChanged() throws IOException {
    bench.writeJournal("1a2b3c4d", "acquire\t1\tn1\tthing\tthing a\tname\ta\nlend\t1\n");

    recover();

    assertEquals(List.of(), bench.done);
    assertEquals(
        List.of(
            "The journal "
                + bench.state.resolve("journal/1a2b3c4d.journal")
                + " cannot be read: it has an invalid line: lend\t1"),
        warnings);
    assertEquals(List.of("1a2b3c4d.journal"), bench.journals());
  }

  @Test
  void anUnknownTypeStaysInTheJournalUntilItsBundleIsThere() throws IOException {
    bench.writeJournal(
        "1a2b3c4d",
        "acquire\t1\tn1\tmoon\tthe moon\nacquire\t2\tn2\tthing\tthing a\tname\ta\nacquire\t3\tmo");

    recover();

    assertEquals(List.of("a"), bench.done);
    assertEquals(
        List.of(
            "Build 1a2b3c4d left resources behind; released thing a",
            "Build 1a2b3c4d left resources behind that could not be released and are retried"
                + " with the next build at the latest: the moon: no bundle provides the resource type moon"),
        warnings);
    assertEquals(List.of("1a2b3c4d.journal"), bench.journals());

    bench.addType("moon", (spec, context) -> bench.done.add(spec.description()));
    recover();

    assertEquals(List.of("a", "the moon"), bench.done);
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void aDeliveredArtefactSurvivesTheDeathOfItsBuild() throws IOException {
    Path workspace = Files.createDirectory(folder.resolve("workspace"));
    Path image = Files.writeString(workspace.resolve("image.raw"), "abc");
    Files.writeString(workspace.resolve("scratch"), "x");
    try (Journal journal = new Journals(bench.state).create()) {
      journal.acquire(ResourceSpec.folder(workspace));
      journal.acquire(ResourceSpec.file(image));
      journal.delivered(image);
    }

    recover();

    assertTrue(Files.exists(image));
    assertFalse(Files.exists(workspace.resolve("scratch")));
    assertTrue(
        warnings.get(0).endsWith(" was interrupted after it delivered " + image), warnings.get(0));
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void theJournalOfABuildWithoutResourcesIsDeletedSilently() throws IOException {
    bench.writeJournal("1a2b3c4d", "");

    recover();

    assertEquals(List.of(), warnings);
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void withoutAJournalFolderThereIsNothingToDo() {
    recover();

    assertEquals(List.of(), warnings);
    assertFalse(Files.exists(bench.state));
  }

  @Test
  void anInterruptDoesNotAffectIt() throws IOException {
    bench.writeJournal("1a2b3c4d", "acquire\t1\tn1\tthing\tthing a\tname\ta\n");
    Thread.currentThread().interrupt();

    recover();

    assertTrue(Thread.interrupted());
    assertEquals(List.of("a"), bench.done);
    assertEquals(List.of(), bench.pauses);
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void aBuildRunningInAnotherProcessIsIgnoredUntilItIsKilled() throws Exception {
    Path workspace = folder.resolve("workspace");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString(),
                workspace.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("in the middle", output.readLine());
      assertEquals(1, bench.journals().size());

      recover();
      assertTrue(Files.exists(workspace.resolve("sub/file")));

      child.destroyForcibly().waitFor();
      recover();
      assertFalse(Files.exists(workspace));
      assertEquals(List.of(), bench.journals());
      assertEquals(1, warnings.size());
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  /** A process that is killed during its build. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      Bench bench = new Bench(Path.of(arguments[0]));
      Path workspace = Path.of(arguments[1]);
      bench.plan.task(
          "hang",
          build -> {
            build.acquire(
                ResourceSpec.folder(workspace),
                () -> {
                  Files.createDirectories(workspace.resolve("sub"));
                  Files.writeString(workspace.resolve("sub/file"), "x");
                });
            // Must not release the lock of the build.
            bench.builder.recover(warning -> {}, line -> {});
            System.out.println("in the middle");
            System.in.read();
          });
      bench.build();
    }
  }

  @Test
  void resourcesOfSeveralDeadBuildsAreReleasedBuildByBuild() throws IOException {
    for (String name : List.of("a", "b")) {
      try (Journal journal =
          new Journals(bench.state, () -> "0000000" + name, () -> name).create()) {
        journal.acquire(thing(name));
      }
    }

    recover();

    assertEquals(List.of("a", "b"), bench.done);
    assertEquals(2, warnings.size());
  }
}
