/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.init.InitCommand;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.StandardTypes;
import org.bootstrapvz.testkit.TestMachine;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path folder;
  private final TestTerminal terminal = new TestTerminal();
  private final List<Manifest> read = new ArrayList<>();
  private Path file;
  private Path key;

  @BeforeEach
  void prepare() throws IOException {
    file = folder.resolve("my web.yml");
    key = Files.writeString(folder.resolve("k\"e\\y.pub"), "ssh-ed25519 AAAA me\n");
  }

  /** Reads the manifest with the checks that need no plugins. */
  private Planning plan(ManifestSource source) {
    List<Problem> problems = new ArrayList<>();
    new ManifestFiles().read(source, StandardTypes.all(), problems::add).ifPresent(read::add);
    return new Planning(Optional.of(SamplePlan.of(source.file())), problems);
  }

  private int run(Terminal used, String... words) {
    return new TestProgram()
        .with("init", InitCommand.of(() -> this::plan, () -> new TestMachine(new TestSandbox())))
        .run(used, words);
  }

  private Manifest manifest() {
    return read.get(read.size() - 1);
  }

  @Test
  void flagsGiveAManifestWithoutProblemsWhoseUserHasAKey() throws IOException {
    assertEquals(
        0,
        run(
            terminal.plain(),
            "init",
            file.toString(),
            "--release=bookworm",
            "--size=4GiB",
            "--user=ada",
            "--ssh-key=" + key),
        terminal.err());
    assertEquals("", terminal.err());
    assertEquals("my-web", manifest().name());
    assertEquals("bookworm", manifest().at("system.release").text());
    assertEquals("my-web", manifest().at("system.hostname").text());
    assertEquals("4GiB", manifest().at("volume.partitions.root.size").text());
    assertEquals("ada", manifest().at("plugins.admin_user.username").text());
    assertEquals(key, manifest().resolve(manifest().at("plugins.admin_user.pubkey")));
    assertTrue(terminal.out().contains("bootstrap-vz build " + file), terminal.out());
    assertTrue(Files.readString(file).contains("#   ssh -p 2222 ada@localhost"));
    assertTrue(Files.readString(file).lines().filter(line -> line.contains("#")).count() > 5);
  }

  @Test
  void aPasswordIsASecretVariableOfTheManifest() throws IOException {
    assertEquals(0, run(terminal.plain(), "init", "--password", "--user=ada", file.toString()));
    assertEquals("not the password", manifest().at("plugins.admin_user.password").text());
    assertTrue(Files.readString(file).contains("password: \"{variables.password}\""));
    assertTrue(terminal.out().contains("BOOTSTRAP_VZ_VAR_PASSWORD=… bootstrap-vz build"));
  }

  @Test
  void aContainerNeedsNoUser() {
    assertEquals(0, run(terminal.plain(), "init", "--provider=docker", file.toString()));
    assertEquals("", terminal.err());
    assertEquals("none", manifest().at("system.bootloader").text());
    assertFalse(manifest().at("plugins").exists());
  }

  @Test
  void onATerminalItAsksForTheRestAndRepeatsAQuestionWithAnInvalidAnswer() {
    String typed = "kwm\nkvm\n\n\n2\n3GiB\nada\n" + folder + "/none\n" + key + "\n";
    assertEquals(0, run(terminal.typing(typed), "init", file.toString()), terminal.err());
    assertTrue(terminal.err().startsWith("Platform: kvm or docker [kvm]: Write kvm or docker\n"));
    assertTrue(terminal.err().contains("Release of Debian [trixie]: "), terminal.err());
    assertTrue(terminal.err().contains("Write a size such as 2GiB"), terminal.err());
    assertTrue(terminal.err().contains("There is no file " + folder + "/none"), terminal.err());
    assertEquals("3GiB", manifest().at("volume.partitions.root.size").text());
    assertEquals("ada", manifest().at("plugins.admin_user.username").text());
  }

  @Test
  void withoutAKeyTheQuestionForItOffersAPassword() {
    assertEquals(0, run(terminal.typing("\n\n\n\n\n\n"), "init", file.toString()), terminal.err());
    assertTrue(manifest().at("plugins.admin_user.password").exists());
    assertEquals("admin", manifest().at("plugins.admin_user.username").text());
  }

  @Test
  void aFileThatExistsIsKeptUnlessForced() throws IOException {
    Files.writeString(file, "mine");
    assertEquals(1, run(terminal.plain(), "init", "--password", file.toString()));
    assertEquals("mine", Files.readString(file));
    assertTrue(terminal.err().contains("file exists. Use --force to replace it"), terminal.err());
    assertEquals(0, run(terminal.plain(), "init", "--password", "--force", file.toString()));
  }

  @Test
  void invalidArgumentsAreUsageErrorsAndNothingIsWritten() {
    for (String[] words :
        new String[][] {
          {"--user=Ada Lovelace", "--password"},
          {"--size=2", "--password"},
          {"--release=Trixie", "--password"},
          {"--ssh-key=" + folder + "/none"},
          {}
        }) {
      List<String> all = new ArrayList<>(List.of("init", file.toString()));
      all.addAll(List.of(words));
      assertEquals(2, run(terminal.plain(), all.toArray(String[]::new)), terminal.err());
    }
    assertEquals(2, run(terminal.plain(), "init", "--password", folder + "/web.txt"));
    String err = terminal.err();
    assertTrue(err.contains("\"Ada Lovelace\" is not valid for --user. A name has"), err);
    assertTrue(err.contains("\"2\" is not valid for --size. Write a size such as 2GiB"), err);
    assertTrue(err.contains("\"Trixie\" is not valid for --release. A code name has"), err);
    assertTrue(err.contains("There is no file " + folder + "/none to be read as a public"), err);
    assertTrue(err.contains("Name one with --ssh-key, or use --password"), err);
    assertTrue(err.contains("The name of the manifest ends in .yml or .yaml"), err);
    assertFalse(Files.exists(file));
  }

  @Test
  void errorsThatThePlannerFindsAreShown() {
    Problem problem =
        new Problem(Problem.Severity.ERROR, new Location(file, 3, 4), "system", "is odd", "");
    int status =
        new TestProgram()
            .with(
                "init",
                InitCommand.of(
                    () -> source -> new Planning(Optional.empty(), List.of(problem)),
                    () -> new TestMachine(new TestSandbox())))
            .run(terminal.plain(), "init", "--password", file.toString());
    assertEquals(1, status);
    assertTrue(terminal.err().contains("3:4: error: system: is odd"), terminal.err());
  }
}
