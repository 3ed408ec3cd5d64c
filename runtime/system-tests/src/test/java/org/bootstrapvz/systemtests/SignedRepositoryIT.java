/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.AddDefaultSources;
import org.bootstrapvz.common.apt.AddManifestSources;
import org.bootstrapvz.common.apt.AptClean;
import org.bootstrapvz.common.apt.CheckMirrors;
import org.bootstrapvz.common.apt.FindMirrors;
import org.bootstrapvz.common.apt.InstallTrustedKeys;
import org.bootstrapvz.common.apt.LeaveSnapshot;
import org.bootstrapvz.common.apt.WriteSources;
import org.bootstrapvz.systemtests.SignedRepository.Archive;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What apt and mmdebstrap make of the settings of mirrors and sources. */
class SignedRepositoryIT {
  private static final String TIME = "20260101T000000Z";

  @TempDir static Path shared;
  private static SignedRepository repository;

  @TempDir Path folder;
  private TestManifest manifest;

  /** The end of apt-get update, and the versions of the package tool. */
  private record Update(int status, String output) {
    boolean offers(String version) {
      return status == 0 && output.contains("Candidate: " + version + "\n");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    repository = new SignedRepository(shared);
    repository.add("debian", "2.0", Archive.signed());
    repository.add("unsigned", "2.1", Archive.unsigned());
    repository.add("expired", "2.2", Archive.expired());
    repository.add("archive/debian/" + TIME, "1.0", Archive.expired());
  }

  @AfterAll
  static void stop() throws Exception {
    repository.close();
  }

  @BeforeEach
  void open() {
    manifest = new TestManifest().withFile(folder.resolve("manifest.yml"));
  }

  private static Map<String, Object> mirror(String directory, String option, Object value) {
    return Map.of("url", repository.address(directory), option, value);
  }

  private static Map<String, Object> signedBy(String directory, String key) {
    return mirror(directory, "signed-by", repository.key(key).toString());
  }

  /** Runs the tasks that write sources, keys and passwords into the root. */
  private TestBuild configured() throws Exception {
    TestBuild build = new TestBuild(manifest, folder);
    build.host().running();
    new FindMirrors().run(build);
    new AddManifestSources().run(build);
    new AddDefaultSources().run(build);
    new CheckMirrors().run(build);
    new InstallTrustedKeys().run(build);
    new WriteSources().run(build);
    assertNoSecret(build.host().commandLines().toString());
    assertNoSecret(build.logged().toString() + build.warnings() + build.progress());
    return build;
  }

  private static void assertNoSecret(String text) {
    for (String secret : SignedRepository.secrets()) {
      int place = text.indexOf(secret);
      assertEquals(
          -1, place, () -> text.substring(Math.max(0, place - 200), place + secret.length()));
    }
  }

  /**
   * Runs apt with the configuration of the root in place of that of the host, and the user that it
   * downloads with.
   */
  private static Update update(TestBuild build) throws Exception {
    Process process =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-euc",
                "mount --bind \"$1/etc/apt\" /etc/apt; mount -t tmpfs none /var/lib/apt/lists;"
                    + " mount -t tmpfs none /var/cache/apt; export LC_ALL=C.UTF-8;"
                    + " apt-get -oAPT::Update::Error-Mode=any update; apt-cache policy tool",
                "sh",
                build.root().path().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertNoSecret(output);
    assertFalse(output.contains("unsandboxed"), output);
    return new Update(process.waitFor(), output);
  }

  private Update updated() throws Exception {
    return update(configured());
  }

  @Test
  void aRepositoryWithAPasswordIsVerifiedWithTheKeyOfTheManifest() throws Exception {
    manifest.with("packages.mirror", signedBy("debian", "ours"));

    Update update = updated();

    assertTrue(update.offers("2.0"), update.output());
    assertTrue(repository.served().contains("/debian/dists/trixie/InRelease"));
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    manifest.with("packages.mirror", signedBy("debian", "other"));

    Update update = updated();

    assertTrue(update.status() != 0 && update.output().contains("not signed"), update.output());
  }

  @Test
  void withoutAKeyOfTheManifestOnlyDebiansKeysAreAccepted() throws Exception {
    manifest.with("packages.mirror", repository.address("debian"));

    Update update = updated();

    assertTrue(update.status() != 0 && update.output().contains("not signed"), update.output());
  }

  @Test
  void anUnsignedRepositoryIsAcceptedOnlyIfItIsTrusted() throws Exception {
    manifest.with("packages.mirror", mirror("unsigned", "trusted", true));
    Update trusted = updated();
    assertTrue(trusted.offers("2.1"), trusted.output());

    manifest.with("packages.mirror", mirror("unsigned", "trusted", false));
    Files.move(folder.resolve("root"), folder.resolve("root-1"));
    Files.move(folder.resolve("12345678"), folder.resolve("workspace-1"));
    Update other = updated();
    assertTrue(other.status() != 0 && other.output().contains("not signed"), other.output());
  }

  @Test
  void anExpiredReleaseFileIsAcceptedOnlyIfTheManifestSaysSo() throws Exception {
    manifest.with(
        "packages.mirror",
        Map.of(
            "url",
            repository.address("expired"),
            "signed-by",
            repository.key("ours").toString(),
            "check-valid-until",
            false));
    Update accepted = updated();
    assertTrue(accepted.offers("2.2"), accepted.output());

    manifest.with("packages.mirror", signedBy("expired", "ours"));
    Files.move(folder.resolve("root"), folder.resolve("root-1"));
    Files.move(folder.resolve("12345678"), folder.resolve("workspace-1"));
    Update other = updated();
    assertTrue(other.status() != 0 && other.output().contains("expired"), other.output());
  }

  @Test
  void aBuildFromASnapshotHasItsPackagesAndTheImageThoseOfItsMirror() throws Exception {
    manifest
        .with("packages.mirror", signedBy("debian", "ours"))
        .with("packages.keep-credentials", true)
        .with(
            "packages.snapshot",
            Map.of("time", TIME, "mirror", repository.address("archive"), "security", false));

    TestBuild build = configured();
    Update during = update(build);
    assertTrue(during.offers("1.0"), during.output());

    new LeaveSnapshot().run(build);
    Update image = update(build);
    assertTrue(image.offers("2.0"), image.output());
    assertFalse(image.output().contains(TIME), image.output());
  }

  @Test
  void aSourceOfTheManifestHasItsOwnPasswordAndKey() throws Exception {
    manifest
        .with("packages.mirror", signedBy("debian", "ours"))
        .with(
            List.of("packages", "sources", "extra"),
            List.of(
                "deb [trusted=yes] " + repository.address("unsigned") + " trixie main",
                "deb [check-valid-until=no signed-by="
                    + repository.key("ours")
                    + "] "
                    + repository.address("expired")
                    + " trixie main"));

    Update update = updated();

    assertTrue(update.offers("2.2"), update.output());
  }

  @Test
  void theFinishedImageHasNoPassword() throws Exception {
    manifest.with("packages.mirror", signedBy("debian", "ours"));
    TestBuild build = configured();

    new AptClean().run(build);

    try (Stream<Path> files = Files.walk(build.root().resolve("etc"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertNoSecret(Files.readString(file));
      }
    }
    Update update = update(build);
    assertTrue(update.status() != 0 && update.output().contains("401"), update.output());
  }

  @Test
  void aWrongPasswordIsReportedWithoutIt() {
    manifest.with("packages.mirror", repository.address("debian").replace("77", "78"));

    String message = assertThrows(BuildException.class, this::configured).getMessage();

    assertTrue(
        message.startsWith(
            "The mirror "
                + repository.plainAddress("debian")
                + " does not provide the suite trixie: 401"),
        message);
    assertFalse(message.contains("ry%3A78") || message.contains("@127"), message);
  }

  /**
   * The tiny repository has no system that could be installed: the build fails after mmdebstrap has
   * verified and downloaded the packages.
   */
  @Test
  void noProcessOfABuildHasThePasswordInItsCommandLineAndNoLogHasIt() throws Exception {
    Distribution distribution = new Distribution("signed-repository");
    Path file =
        distribution.manifest(
            "manifest.yml",
            """
            name: signed
            provider: {name: docker}
            bootstrapper: {workspace: images, variant: minbase}
            system:
              release: trixie
              architecture: %s
              bootloader: none
              charmap: UTF-8
              locale: C
              timezone: UTC
            volume:
              backing: folder
              partitions:
                type: none
                root: {filesystem: ext4, size: 1GiB}
            packages:
              mirror:
                url: %s
                signed-by: %s
            """
                .formatted(
                    repository.architecture(),
                    repository.address("debian"),
                    repository.key("ours")));
    Path logs = distribution.folder().resolve("logs");
    Path trace = distribution.folder().resolve("trace");
    List<String> before = repository.refused();

    Distribution.Outcome outcome =
        distribution
            .start(
                List.of(
                    "strace",
                    "--follow-forks",
                    "--trace=execve",
                    "--seccomp-bpf",
                    "--string-limit=1000000",
                    "--output=" + trace,
                    distribution.command().toString(),
                    "build",
                    "--debug",
                    "--log",
                    logs.toString(),
                    file.toString()))
            .end();

    assertEquals(3, outcome.status(), outcome.output());
    List<String> served = repository.served();
    assertTrue(served.contains("/debian/pool/tool_2.0_all.deb"), served + outcome.output());
    assertEquals(before, repository.refused(), "each request had the password at once");
    String commands = Files.readString(trace, StandardCharsets.ISO_8859_1);
    for (String command : List.of("mmdebstrap", "apt-helper", "apt-get", "methods/http")) {
      assertTrue(commands.contains(command), command + " was traced");
    }
    assertNoSecret(commands);
    assertNoSecret(outcome.output());
    for (Path log : files(logs)) {
      assertNoSecret(Files.readString(log));
    }
    assertFalse(files(logs).isEmpty());
    assertEquals(List.of(), distribution.leftovers());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new ArrayList<>(all.filter(Files::isRegularFile).toList());
    }
  }
}
