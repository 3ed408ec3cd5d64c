/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.ManifestMigration;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import org.bootstrapvz.api.manifest.MigratedManifest;
import org.bootstrapvz.api.manifest.MigratedManifest.Change;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.build.BuildCommand;
import org.bootstrapvz.cli.internal.manifest.MigrateCommand;
import org.bootstrapvz.cli.internal.manifest.RenderCommand;
import org.bootstrapvz.cli.internal.manifest.SchemaCommand;
import org.bootstrapvz.cli.internal.manifest.ValidateCommand;
import org.bootstrapvz.cli.internal.plan.ExplainCommand;
import org.bootstrapvz.cli.internal.plan.PlanCommand;
import org.bootstrapvz.cli.internal.plugins.PluginsCommand;
import org.bootstrapvz.testkit.TestMachine;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();
  private final TestMachine machine = new TestMachine(new TestSandbox());
  private final ScriptedRepository repository = new ScriptedRepository();
  private Terminal shown;
  private Path logs;

  @BeforeEach
  void useAPlainTerminal() {
    shown = terminal.plain();
    logs = folder.resolve("logs");
  }

  /** Finds a warning in every manifest and an error in those named bad. */
  private static Planning plan(ManifestSource source) {
    Path manifest = source.file();
    Problem warning =
        new Problem(
            Problem.Severity.WARNING, new Location(manifest, 2, 1), "name", "is long", "Cut it");
    if (!manifest.toString().startsWith("bad")) {
      return new Planning(Optional.of(SamplePlan.of(manifest)), List.of(warning));
    }
    Problem error =
        new Problem(
            Problem.Severity.ERROR, new Location(manifest, 4, 7), "system", "is missing", "");
    return new Planning(Optional.empty(), List.of(warning, error));
  }

  private static <T> Supplier<T> unused() {
    return () -> {
      throw new AssertionError("This service is not needed");
    };
  }

  private int run(String... words) {
    return new TestProgram()
        .with("build", new BuildCommand(unused(), unused(), logs))
        .with("plan", PlanCommand.of(() -> ProgramTest::plan))
        .with("explain", ExplainCommand.of(() -> ProgramTest::plan))
        .with("validate", ValidateCommand.of(() -> ProgramTest::plan, () -> machine))
        .with("render", RenderCommand.of(() -> ProgramTest::plan))
        .with("schema", SchemaCommand.of(() -> () -> "{}\n"))
        .with("migrate", MigrateCommand.of(unused(), unused(), unused()))
        .with("plugins", PluginsCommand.of(() -> ProgramTest::extensions, () -> repository))
        .run(shown, words);
  }

  private int build(Building builder, String... words) {
    return new TestProgram()
        .with("build", new BuildCommand(() -> builder, () -> ProgramTest::plan, logs))
        .run(shown, words);
  }

  private static BuildResult result(BuildResult.Status status, String... notReleased) {
    return new BuildResult(
        status,
        status == BuildResult.Status.SUCCEEDED
            ? List.of(new Artefact.Local(Path.of("/web.qcow2"), 1L << 31, 3L << 28, "c0ffee"))
            : List.of(),
        plan(ManifestSource.of(
                Path.of(status == BuildResult.Status.REJECTED ? "bad.yml" : "web.yml")))
            .problems(),
        Optional.of("org.example.Break").filter(id -> status == BuildResult.Status.FAILED),
        Optional.of("it broke").filter(error -> status == BuildResult.Status.FAILED),
        List.of(notReleased),
        Map.of(Phase.OS_INSTALLATION, Duration.ofSeconds(20)),
        Duration.ofSeconds(21));
  }

  private static BuildResult finish(BuildListener listener, BuildResult result) {
    listener.on(new BuildEvent.Finished(result));
    return result;
  }

  /** One that no build has left anything for. */
  @FunctionalInterface
  private interface Building extends Builder {
    @Override
    default void recover(Consumer<String> messages) {}
  }

  private static Building ending(BuildResult.Status status) {
    return (request, listener) -> finish(listener, result(status));
  }

  private static List<ExtensionInfo> extensions() {
    return List.of(
        new ExtensionInfo(
            ExtensionInfo.Kind.PROVIDER,
            "kvm",
            "Images for KVM",
            "org.bootstrapvz.provider.kvm",
            "1.0.0",
            ExtensionInfo.State.ACTIVE,
            ""),
        new ExtensionInfo(
            ExtensionInfo.Kind.BUNDLE,
            "hello.jar",
            "",
            "",
            "",
            ExtensionInfo.State.REFUSED,
            "It is not a bundle"));
  }

  private List<Path> logFiles() throws IOException {
    if (!Files.exists(logs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(logs)) {
      return files.toList();
    }
  }

  @Test
  void anErrorInTheCommandLineIsExplainedAndEndsWithTwo() {
    assertEquals(2, run("plan"));
    assertEquals(
        """
        bootstrap-vz: Missing argument: MANIFEST
        Usage: bootstrap-vz plan [OPTIONS] MANIFEST
        Run "bootstrap-vz help plan" for its options.
        """,
        terminal.err());
  }

  @Test
  void anUnknownCommandEndsWithTwo() {
    assertEquals(2, run("plann", "web.yml"));
    assertEquals(
        """
        bootstrap-vz: "plann" is neither a command nor a manifest. Did you mean "plan"?
        Run "bootstrap-vz --help" for all commands.
        """,
        terminal.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"build", "plan", "explain", "validate", "render", "schema", "plugins", "migrate"})
  void eachCommandHasHelpOnStandardOutput(String command) {
    assertEquals(0, run("help", command));
    assertTrue(terminal.out().startsWith("Usage: bootstrap-vz " + command), terminal.out());
    assertEquals("", terminal.err());
  }

  @Test
  void validateShowsAllProblemsOfAllFiles() {
    assertEquals(1, run("validate", "bad1.yml", "web.yml", "bad2.yml"));
    assertEquals("web.yml: valid\n", terminal.out());
    assertEquals(
        """
        bad1.yml:2:1: warning: name: is long. Cut it
        bad1.yml:4:7: error: system: is missing
        web.yml:2:1: warning: name: is long. Cut it
        bad2.yml:2:1: warning: name: is long. Cut it
        bad2.yml:4:7: error: system: is missing
        """,
        terminal.err());
  }

  @Test
  void validateOfValidManifestsEndsWithZero() {
    assertEquals(0, run("validate", "web.yml", "db.yml"));
  }

  @Test
  void validateWritesItsProblemsForPrograms() {
    assertEquals(1, run("validate", "--format=github", "bad1.yml"));
    assertEquals(
        """
        ::warning file=bad1.yml,line=2,col=1::name: is long. Cut it
        ::error file=bad1.yml,line=4,col=7::system: is missing
        """,
        terminal.out());
    assertEquals("", terminal.err());
    assertEquals(0, run("validate", "--format=json", "web.yml"));
    assertTrue(terminal.out().contains("\"valid\" : true"), terminal.out());
  }

  @Test
  void missingFilesOfTheHostAreErrorsOfValidateAndWarningsOfPlan() {
    Path file = folder.resolve("~/key.pub");
    HostFile missing =
        new HostFile(file, "plugins.admin_user.pubkey", new Location(Path.of("web.yml"), 9, 3));
    shown = terminal.plain();
    Supplier<Planner> planner =
        () ->
            manifest ->
                new Planning(
                    Optional.of(SamplePlan.of(manifest.file())),
                    List.of(),
                    List.of(missing, missing));
    TestProgram program =
        new TestProgram()
            .with("validate", ValidateCommand.of(planner, () -> machine))
            .with("plan", PlanCommand.of(planner));
    String line =
        ": plugins.admin_user.pubkey: There is no file "
            + file
            + ". A ~ does not stand for a home directory here: write the path without it\n";
    assertEquals(1, program.run(shown, "validate", "web.yml"));
    assertEquals("web.yml:9:3: error" + line, terminal.err());
    assertEquals("", terminal.out());
    assertEquals(0, program.run(shown, "plan", "web.yml"));
    assertTrue(terminal.err().endsWith("web.yml:9:3: warning" + line), terminal.err());
  }

  @Test
  void validateWarnsIfTheMachineDoesNotRunTheProgramsOfTheImage() {
    machine.withoutEmulator("amd64").withArchitecture("arm64");

    assertEquals(0, run("validate", "web.yml"));
    assertEquals(
        """
        web.yml:2:1: warning: name: is long. Cut it
        web.yml: warning: system.architecture: This machine, which is arm64, cannot run programs \
        for amd64, but building the image runs its programs. No emulator is registered in \
        binfmt_misc. Install qemu-user-static
        """,
        terminal.err());
    assertEquals("web.yml: valid\n", terminal.out());
  }

  @ParameterizedTest
  @CsvSource({
    "text, Validation",
    "json, {",
    "dot, digraph plan {",
    "svg, <svg xmlns",
  })
  void planPrintsInTheRequestedFormat(String format, String start) {
    assertEquals(0, run("plan", "--format", format, "web.yml"));
    assertTrue(terminal.out().startsWith(start), terminal.out());
  }

  @ParameterizedTest
  @CsvSource({"plan.txt, Validation", "plan.json, {", "plan.svg, <svg xmlns", "plan, Validation"})
  void planWritesToAFileInTheFormatOfItsName(String name, String start) throws IOException {
    Path file = folder.resolve(name);

    assertEquals(0, run("plan", "--output", file.toString(), "web.yml"));
    assertTrue(Files.readString(file).startsWith(start));
    assertEquals("", terminal.out());
  }

  @Test
  void planOfABadManifestEndsWithOne() {
    assertEquals(1, run("plan", "bad.yml"));
    assertEquals("", terminal.out());
  }

  @Test
  void planSaysWhyTheOutputCannotBeWritten() {
    Path file = folder.resolve("none/plan.svg");

    assertEquals(1, run("plan", "--output=" + file, "web.yml"));
    assertTrue(
        terminal.err().endsWith("Cannot write " + file + ": no such file or directory\n"),
        terminal.err());
  }

  @Test
  void pluginsShowsATable() {
    assertEquals(0, run("plugins"));
    assertEquals(
        """
        KIND      NAME       VERSION  BUNDLE                        STATE
        provider  kvm        1.0.0    org.bootstrapvz.provider.kvm  active   Images for KVM
        bundle    hello.jar                                         refused  It is not a bundle
        """,
        terminal.out());
  }

  @Test
  void availableShowsTheBundlesOfARepositoryAndWhichAreInstalled() {
    repository.notes.add("Another cannot be fetched");
    assertEquals(0, run("plugins", "available", "--repository", "/srv/plugins"));
    assertEquals(
        """
        KIND      NAME  VERSION  BUNDLE                        INSTALLED
        provider  kvm   1.1.0    org.bootstrapvz.provider.kvm  1.0.0      For KVM
        provider  kvm   1.0.0    org.bootstrapvz.provider.kvm  yes        For KVM
        plugin    sign  2.0.0    org.acme.sign                 no
        """,
        terminal.out());
    assertEquals("bootstrap-vz: Another cannot be fetched\n", terminal.err());
    assertEquals(List.of("offers of [/srv/plugins]"), repository.asked);
  }

  @Test
  void installReportsEachJarAndMarksDependencies() {
    repository.jars.add(
        new InstalledJar(Path.of("deploy/org.acme.lib.jar"), "org.acme.lib", "1.0.0", false));
    repository.jars.add(
        new InstalledJar(Path.of("deploy/org.acme.sign.jar"), "org.acme.sign", "2.0.0", true));
    assertEquals(0, run("plugins", "install", "sign@2.0.0"));
    assertEquals(
        """
        Installed org.acme.lib 1.0.0: deploy/org.acme.lib.jar, which is required
        Installed org.acme.sign 2.0.0: deploy/org.acme.sign.jar
        """,
        terminal.out());
    assertEquals(List.of("install [sign@2.0.0] from []"), repository.asked);
  }

  @Test
  void removeReportsEachRemovedJar() {
    repository.jars.add(
        new InstalledJar(Path.of("deploy/org.acme.lib.jar"), "org.acme.lib", "1.0.0", false));
    assertEquals(0, run("plugins", "remove", "sign"));
    assertEquals(
        "Removed org.acme.lib 1.0.0: deploy/org.acme.lib.jar, which is no longer required\n",
        terminal.out());
  }

  @Test
  void indexShowsTheContentOfTheIndex() {
    assertEquals(0, run("plugins", "index", "jars"));
    assertEquals(
        """
        KIND    NAME  VERSION  BUNDLE
        plugin  sign  2.0.0    org.acme.sign
        Wrote jars/index.xml
        """,
        terminal.out());
  }

  @Test
  void anIndexIsSignedWithACertificateAndItsKey() {
    assertEquals(
        0, run("plugins", "index", "jars", "--certificate=c", "--key=k", "--valid-days=7"));
    String signed = repository.asked.get(repository.asked.size() - 1);
    assertTrue(
        signed.endsWith("signed: IndexSigning[certificates=c, key=k, validity=PT168H]"), signed);
    assertEquals(2, run("plugins", "index", "jars", "--certificate=c"));
    assertTrue(terminal.err().contains("give both --certificate and --key"), terminal.err());
  }

  @Test
  void theErrorsOfARepositoryAreShownLineByLine() {
    repository.problem = "No such index\nAnother problem";
    assertEquals(1, run("plugins", "install", "sign"));
    assertEquals("bootstrap-vz: No such index\nbootstrap-vz: Another problem\n", terminal.err());
    assertEquals("", terminal.out());
  }

  @ParameterizedTest
  @CsvSource({
    "plugins install, Missing argument: NAME[@VERSION]",
    "plugins remove, Missing argument: NAME",
    "plugins index, Missing argument: DIR",
    "plugins available sign, Unexpected argument \"sign\"",
    "plugins lits, 'Unknown command \"plugins lits\". Did you mean \"list\"?'",
    "plugins available --repository=https://me:secret@host/, every user of this host can see"
  })
  void anErrorAfterPluginsIsExplained(String words, String message) {
    assertEquals(2, run(words.split(" ")));
    assertTrue(terminal.err().contains(message), terminal.err());
    assertFalse(terminal.err().contains("secret"), terminal.err());
    assertEquals(List.of(), repository.asked);
  }

  @ParameterizedTest
  @CsvSource({"SUCCEEDED, 0", "REJECTED, 1", "FAILED, 3", "CANCELLED, 130"})
  void theExitStatusIsThatOfTheBuild(BuildResult.Status status, int exit) {
    assertEquals(exit, build(ending(status), "web.yml"));
  }

  @Test
  void whatTheUserSetsReachesThePlanner() {
    List<ManifestSource> sources = new ArrayList<>();
    Supplier<Planner> planner =
        () ->
            source -> {
              sources.add(source);
              return plan(source);
            };
    TestProgram program =
        new TestProgram()
            .with("validate", ValidateCommand.of(planner, () -> machine))
            .with("plan", PlanCommand.of(planner))
            .with("explain", ExplainCommand.of(planner));
    String[] set = {"--set", "a.b=c", "--set=d=e=f", "--var-file=one.yml", "--var-file", "two.yml"};
    for (String command : List.of("validate", "plan", "explain")) {
      List<String> words = new ArrayList<>(List.of(command, "web.yml"));
      words.addAll(List.of(set));
      if (command.equals("explain")) {
        words.add(2, "A");
      }
      program.run(shown, words.toArray(String[]::new));
    }
    ManifestSource expected =
        ManifestSource.of(Path.of("web.yml"))
            .withSettings(List.of(new Setting("a.b", "c"), new Setting("d", "e=f")))
            .withVariableFiles(List.of(Path.of("one.yml"), Path.of("two.yml")));
    assertEquals(List.of(expected, expected, expected), sources);
  }

  @Test
  void renderPrintsTheManifestOfAPlanOrItsProblems() {
    assertEquals(1, run("render", "bad.yml"));
    assertEquals("", terminal.out());
    assertTrue(terminal.err().contains("bad.yml:4:7: error: system: is missing"), terminal.err());
    assertEquals(0, run("render", "web.yml"), terminal.err());
    assertTrue(terminal.out().contains("  release: trixie "), terminal.out());
    assertEquals(0, run("render", "--format=json", "web.yml"));
    assertTrue(terminal.out().contains("\"path\" : \"system.release\""), terminal.out());
  }

  /** A planner of a manifest with four images, that of one of which has an error if it is bad. */
  private static Planner matrix(List<ManifestSource> planned) {
    return new Planner() {
      @Override
      public Planning plan(ManifestSource source) {
        planned.add(source);
        String release = source.row().getOrDefault("release", "");
        return release.equals("bad")
            ? ProgramTest.plan(ManifestSource.of(Path.of("bad.yml")))
            : new Planning(
                Optional.of(SamplePlan.named(source.file(), "web-" + release)), List.of());
      }

      @Override
      public List<ManifestSource> rows(ManifestSource source) {
        return Stream.of(
                "bookworm", "trixie", source.file().toString().contains("bad") ? "bad" : "sid")
            .map(release -> source.withRow(Map.of("release", release)))
            .toList();
      }
    };
  }

  @Test
  void allImagesOfAMatrixArePlannedOrThoseThatTheUserChooses() {
    List<ManifestSource> planned = new ArrayList<>();
    TestProgram program = new TestProgram().with("plan", PlanCommand.of(() -> matrix(planned)));
    assertEquals(0, program.run(shown, "plan", "web.yml"), terminal.err());
    assertTrue(terminal.out().startsWith("# web.yml (release=bookworm)\n\n"), terminal.out());
    assertTrue(terminal.out().contains("\n\n# web.yml (release=sid)\n\n"), terminal.out());
    planned.clear();
    assertEquals(
        0, program.run(shown, "plan", "--only=release=sid", "--only=release=trixie", "web.yml"));
    assertEquals(
        List.of("release=trixie", "release=sid"),
        planned.stream().map(ManifestSource::rowText).toList());
    assertEquals(2, program.run(shown, "plan", "--format=json", "web.yml"));
    assertTrue(
        terminal
            .err()
            .contains(
                "web.yml describes 3 images here; choose one with --only: release=bookworm;"
                    + " release=trixie; release=sid"),
        terminal.err());
  }

  @Test
  void validateChecksAllImagesOfAMatrixAndShowsAProblemOnce() {
    TestProgram program =
        new TestProgram()
            .with("validate", ValidateCommand.of(() -> matrix(new ArrayList<>()), () -> machine));
    assertEquals(1, program.run(shown, "validate", "bad-matrix.yml"));
    assertEquals(
        "bad-matrix.yml (release=bookworm): valid\nbad-matrix.yml (release=trixie): valid\n",
        terminal.out());
    assertTrue(
        terminal.err().endsWith("system: is missing\nbad-matrix.yml (release=bad): not valid\n"),
        terminal.err());
  }

  @Test
  void aChoiceThatTheMatrixDoesNotHaveIsAUsageError() {
    TestProgram program =
        new TestProgram().with("plan", PlanCommand.of(() -> matrix(new ArrayList<>())));
    assertEquals(2, program.run(shown, "plan", "--only=releas=sid", "web.yml"));
    assertEquals(2, program.run(shown, "plan", "--only=release=trixi", "web.yml"));
    assertEquals(2, run("plan", "--only=release=sid", "web.yml"));
    String err = terminal.err();
    assertTrue(
        err.contains("The matrix has no axis \"releas\". Did you mean release? It has: release"),
        err);
    assertTrue(
        err.contains("The matrix has no value of release \"trixi\". Did you mean trixie?"), err);
    assertTrue(err.contains("web.yml has no matrix to choose from with --only"), err);
  }

  @Test
  void imagesOfAMatrixThatWouldReplaceEachOtherAreAnError() {
    Planner planner =
        new Planner() {
          @Override
          public Planning plan(ManifestSource source) {
            return new Planning(Optional.of(SamplePlan.of(source.file())), List.of());
          }

          @Override
          public List<ManifestSource> rows(ManifestSource source) {
            return List.of(source.withRow(Map.of("a", "1")), source.withRow(Map.of("a", "2")));
          }
        };
    TestProgram program = new TestProgram().with("plan", PlanCommand.of(() -> planner));
    assertEquals(1, program.run(shown, "plan", "web.yml"));
    assertTrue(
        terminal.err().contains("name: The image has the same name as that of a=1: image."),
        terminal.err());
  }

  @Test
  void allImagesOfAMatrixAreBuiltUnlessOneHasAnError() {
    List<ManifestSource> built = new ArrayList<>();
    Building builder =
        (request, listener) -> {
          built.add(request.manifest());
          return finish(
              listener,
              result(
                  request.manifest().rowText().equals("release=trixie")
                      ? BuildResult.Status.FAILED
                      : BuildResult.Status.SUCCEEDED));
        };
    TestProgram program =
        new TestProgram()
            .with("build", new BuildCommand(() -> builder, () -> matrix(new ArrayList<>()), logs));
    assertEquals(3, program.run(shown, "build", "--dry-run", "web.yml"));
    assertEquals(
        List.of("release=bookworm", "release=trixie", "release=sid"),
        built.stream().map(ManifestSource::rowText).toList());
    assertTrue(terminal.err().contains("Image 2 of 3: web.yml (release=trixie)\n"), terminal.err());
    built.clear();
    assertEquals(1, program.run(shown, "build", "--dry-run", "bad-matrix.yml"));
    assertEquals(List.of(), built);
  }

  @Test
  void aSettingWithoutAValueIsAUsageError() {
    assertEquals(2, run("plan", "--set", "system.release", "web.yml"));
    assertTrue(
        terminal.err().contains("\"system.release\" is not a setting. Write it as KEY=VALUE"),
        terminal.err());
  }

  @Test
  void theOptionsOfABuildReachTheBuilder() {
    List<BuildRequest> requests = new ArrayList<>();
    Building builder =
        (request, listener) -> {
          requests.add(request);
          return finish(listener, result(BuildResult.Status.SUCCEEDED));
        };
    build(builder, "web.yml");
    build(builder, "build", "--dry-run", "--install-missing", "web.yml");

    assertEquals(
        List.of(
            new BuildRequest(Path.of("web.yml"), false, false),
            new BuildRequest(Path.of("web.yml"), true, true)),
        requests);
  }

  @Test
  void aBuildEndsWithTheArtefactItsSizeAndTheTimeOfEachPhase() {
    build(ending(BuildResult.Status.SUCCEEDED), "web.yml", "--log", "-");

    assertEquals(
        """
          OS installation                      20.0 s
          Total                                21.0 s

        /web.qcow2
          size    2.0 GiB, 768.0 MiB on disk
          SHA-256 c0ffee
        """,
        terminal.out());
  }

  @Test
  void aDirectoryIsReportedWithoutAChecksum() {
    build(
        (request, listener) ->
            finish(
                listener,
                new BuildResult(
                    BuildResult.Status.SUCCEEDED,
                    List.of(new Artefact.Local(Path.of("/web.folder"), 5L << 20, 6L << 20, "")),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    Duration.ofSeconds(1))),
        "web.yml",
        "--log",
        "-");

    assertTrue(
        terminal.out().endsWith("/web.folder\n  size    5.0 MiB, 6.0 MiB on disk\n"),
        terminal.out());
  }

  @Test
  void aRemoteArtefactIsShownWithItsPlace() {
    build(
        (request, listener) ->
            finish(
                listener,
                new BuildResult(
                    BuildResult.Status.SUCCEEDED,
                    List.of(
                        new Artefact.Remote(
                            "ec2-image", "4711", "eu-central-1", "ami-1", "https://example.org/1"),
                        new Artefact.Remote("oci-image", "", "", "registry.example.org/a:1", "")),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    Duration.ofSeconds(1))),
        "web.yml",
        "--log",
        "-");

    assertTrue(
        terminal
            .out()
            .endsWith(
                """

                ami-1
                  kind    ec2-image
                  region  eu-central-1
                  account 4711
                  link    https://example.org/1

                registry.example.org/a:1
                  kind    oci-image
                """),
        terminal.out());
  }

  @Test
  void aFailedBuildNamesTheArtefactsDeliveredBefore() {
    build(
        (request, listener) ->
            finish(
                listener,
                new BuildResult(
                    BuildResult.Status.FAILED,
                    List.of(
                        new Artefact.Local(Path.of("/images/web.raw"), 1, 1, ""),
                        new Artefact.Remote("ec2-image", "4711", "eu-central-1", "ami-1", "")),
                    List.of(),
                    Optional.empty(),
                    Optional.of("no"),
                    List.of(),
                    Map.of(),
                    Duration.ofSeconds(1))),
        "web.yml",
        "--log",
        "-");

    assertTrue(
        terminal
            .err()
            .endsWith(
                "Delivered before that:\n  /images/web.raw\n  ec2-image ami-1 in eu-central-1, account 4711\n"),
        terminal.err());
  }

  @Test
  void aFailedBuildReportsItsErrorOnceAndTheResourcesThatAreLeft() {
    PlannedTask task =
        new PlannedTask(
            "org.example.Break", "Break", Phase.CLEANING, "Breaking", "b", "1", List.of());
    Building builder =
        (request, listener) -> {
          listener.on(new BuildEvent.Failing(task, "Break: it broke"));
          return finish(listener, result(BuildResult.Status.FAILED, "the mount /a: busy"));
        };
    build(builder, "--log", "-", "web.yml");

    assertEquals(
        """
        error: Break: it broke
        web.yml:2:1: warning: name: is long. Cut it
        The build failed in org.example.Break, after 21.0 s
        These resources could not be released; please clean them up:
          the mount /a: busy
        """,
        terminal.err());
  }

  @Test
  void aBuildThatFailsBeforeItsFirstTaskReportsTheReason() {
    build(ending(BuildResult.Status.FAILED), "--log", "-", "web.yml");

    assertTrue(terminal.err().contains("error: it broke\n"), terminal.err());
    assertTrue(terminal.err().contains("all resources were released"));
  }

  @Test
  void aBuildLeavesALogFileAndSaysWhere() throws IOException {
    build(ending(BuildResult.Status.SUCCEEDED), "web.yml");

    Path log = logFiles().get(0);
    assertTrue(log.toString().matches(".*/\\d{14}_web\\.log"), log.toString());
    assertTrue(Files.readString(log).endsWith("INFO: Succeeded after 21.0 s\n"));
    assertTrue(terminal.err().endsWith("Log file: " + log + "\n"), terminal.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--log=-", "--dry-run"})
  void noLogFileIsWrittenIfItIsDisabled(String option) throws IOException {
    build(ending(BuildResult.Status.SUCCEEDED), option, "web.yml");

    assertEquals(List.of(), logFiles());
  }

  @Test
  void aRejectedManifestLeavesNoLogFile() throws IOException {
    build(ending(BuildResult.Status.REJECTED), "bad.yml");

    assertEquals(List.of(), logFiles());
    assertTrue(terminal.err().contains("bad.yml:4:7: error: system: is missing"));
  }

  @Test
  void aDryRunWritesALogFileIfAFolderIsGiven() throws IOException {
    build(ending(BuildResult.Status.SUCCEEDED), "--dry-run", "--log", logs.toString(), "web.yml");

    assertEquals(1, logFiles().size());
  }

  @Test
  void aBuildContinuesWithoutALogFileThatCannotBeWritten() throws IOException {
    Files.createFile(logs);

    assertEquals(0, build(ending(BuildResult.Status.SUCCEEDED), "web.yml"));
    assertTrue(
        terminal.err().startsWith("warning: Continuing without a log file: " + logs),
        terminal.err());
  }

  private Building failing(List<Integer> left) {
    Plan plan = SamplePlan.of(Path.of("web.yml"));
    return (request, listener) -> {
      listener.on(new BuildEvent.Failing(plan.tasks().get(0), "it broke"));
      try {
        left.add(shown.in().available());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return finish(listener, result(BuildResult.Status.FAILED));
    };
  }

  @Test
  void pauseOnErrorWaitsForEnter() {
    shown = terminal.typing("\n");
    List<Integer> left = new ArrayList<>();
    build(failing(left), "--pause-on-error", "web.yml");

    assertEquals(List.of(0), left);
    assertTrue(terminal.err().contains("Press Enter to clean up."), terminal.err());
  }

  @Test
  void pauseOnErrorEndsWhenTheBuildIsInterrupted() {
    shown = terminal.typing("");
    Thread.currentThread().interrupt();
    build(failing(new ArrayList<>()), "--pause-on-error", "web.yml");

    assertTrue(Thread.interrupted(), "the builder has to see the interrupt");
  }

  @Test
  void pauseOnErrorContinuesWithoutATerminal() {
    build(failing(new ArrayList<>()), "--pause-on-error", "web.yml");

    assertTrue(terminal.err().contains("warning: Not pausing"), terminal.err());
    assertFalse(terminal.err().contains("Press Enter"));
  }

  private int migrate(String... words) {
    Release trixie =
        new Release(
            "trixie", "trixie", 13, Optional.empty(), Optional.empty(), Optional.empty(), false);
    ManifestMigration migration =
        (manifest, providers, plugins, problems) -> {
          assertEquals(Set.of("kvm"), providers);
          Location location = new Location(manifest, 7, 12);
          if (manifest.toString().contains("unknown")) {
            problems.add(
                new Problem(
                    Problem.Severity.ERROR, location, "plugins.x", "is unknown", "Take it out"));
            return Optional.empty();
          }
          return Optional.of(
              new MigratedManifest(
                  trixie,
                  "new text\n",
                  List.of(new Change(location, "system.release", "jessie is now trixie", "ended")),
                  List.of(),
                  manifest.toString().contains("gce") ? Map.of("name", "provider gce") : Map.of()));
        };
    return new TestProgram()
        .with(
            "migrate",
            MigrateCommand.of(
                () -> migration, () -> ProgramTest::extensions, () -> ProgramTest::plan))
        .run(shown, words);
  }

  @Test
  void schemaPrintsTheComposedSchema() {
    assertEquals(0, run("schema"));
    assertEquals("{}\n", terminal.out());
  }

  @Test
  void explainShowsTheRequestersOfATaskAndTheReasonsForItsPosition() {
    assertEquals(0, run("explain", "web.yml", "AdminUserPassword"));

    assertEquals(
        """
        AdminUserPassword: Setting the administrator's password
          id            org.bootstrapvz.plugin.admin-user.AdminUserPassword
          phase         System modification, task 52 of 75
          bundle        org.bootstrapvz.plugin.admin-user 1.0.0
          requested by  plugin admin-user

        Runs after
          CreateAdminUser of org.bootstrapvz.plugin.admin-user
            because AdminUserPassword is declared after CreateAdminUser

        Runs before: no other task of its phase

        It also runs after all tasks of earlier phases and before all tasks of later phases.
        """,
        terminal.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"loopback.Create", "org.bootstrapvz.common.loopback.Create", "MapPartitions"})
  void explainFindsATaskByItsIdItsNameOrTheEndOfIt(String task) {
    assertEquals(0, run("explain", "web.yml", task));
    assertTrue(terminal.out().contains("requested by  provider kvm"), terminal.out());
  }

  @Test
  void explainOfATaskThatIsNotInThePlanSuggestsTheNearest() {
    assertEquals(1, run("explain", "web.yml", "MountRoots"));
    assertTrue(
        terminal
            .err()
            .contains(
                "The plan has no task MountRoots. Did you mean MountRoot?"
                    + " To list all tasks, run: bootstrap-vz plan web.yml"),
        terminal.err());
  }

  @Test
  void explainOfABadManifestShowsItsProblems() {
    assertEquals(1, run("explain", "bad.yml", "MountRoot"));
    assertTrue(terminal.err().contains("is missing"), terminal.err());
    assertEquals("", terminal.out());
  }

  @Test
  void migrateWritesANewFileNextToTheOldOneAndReportsTheChanges() throws IOException {
    Path old = folder.resolve("web.yml");
    Path migrated = folder.resolve("web.trixie.yml");

    assertEquals(0, migrate("migrate", old.toString()));

    assertEquals("new text\n", Files.readString(migrated));
    assertEquals(
        migrated
            + """
             is for Debian trixie

            Changed:
              line 7, system.release: jessie is now trixie
                  ended

            The new manifest is valid.
            """,
        terminal.out());
  }

  @Test
  void migrateReplacesNoFileUnlessItIsForced() throws IOException {
    Path there = Files.writeString(folder.resolve("mine.yml"), "mine\n");

    assertEquals(1, migrate("migrate", "web.yml", "--output", there.toString()));
    assertEquals("mine\n", Files.readString(there));
    assertEquals(
        "Cannot write " + there + ": file exists. Use --force to replace it, or --output=FILE\n",
        terminal.err());

    assertEquals(0, migrate("migrate", "web.yml", "--output", there.toString(), "--force"));
    assertEquals("new text\n", Files.readString(there));
  }

  @Test
  void aFailedMigrationReportsTheReasonAndWritesNothing() {
    Path old = folder.resolve("unknown.yml");

    assertEquals(1, migrate("migrate", old.toString()));

    assertFalse(Files.exists(folder.resolve("unknown.trixie.yml")));
    assertEquals(
        old + ":7:12: error: plugins.x: is unknown. Take it out\n" + old + " was not migrated\n",
        terminal.err());
  }

  @Test
  void migrateNamesExtensionsThatAreNotInstalledAndNotChecked() {
    assertEquals(0, migrate("migrate", folder.resolve("gce.yml").toString()));

    assertTrue(
        terminal
            .out()
            .endsWith("No errors found. Not checked, because it is not installed: provider gce\n"),
        terminal.out());
    assertEquals("", terminal.err());
  }
}
