/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.systemd.SystemdUnit;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerDaemonPluginTest extends PluginTest<DockerDaemonPlugin> {
  DockerDaemonPluginTest() {
    super("docker_daemon", new DockerDaemonPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{version: '20'} | plugins.docker_daemon.version:",
        "{version: 1.9.1} | plugins.docker_daemon.version: The version is not used",
        "{docker_opts: [a]} | plugins.docker_daemon.docker_opts:",
        "{pull_images: []} | plugins.docker_daemon.pull_images:",
        "{pull_images: [--all]} | plugins.docker_daemon.pull_images.0:",
        "{pull_images_retries: -1} | plugins.docker_daemon.pull_images_retries:",
        "{images: [a]} | Unknown key `images`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void theSettingsOfTheOriginalSelectItsTasks() {
    assertEquals(
        Set.of("AddDockerDeps", "AddDockerInit", "EnableMemoryCgroup"),
        TestTaskSet.selectedBy(plugin, check("{docker_opts: --debug}")).names());
    assertEquals(List.of(), checker.problems());
  }

  @Test
  void skopeoIsNeededForImagesOfARegistryOnly() {
    assertEquals(
        "[skopeo (skopeo)]",
        TestTaskSet.selectedBy(plugin, check("{pull_images: [debian]}")).commands().toString());
    TestTaskSet files = TestTaskSet.selectedBy(plugin, check("{pull_images: [a.tgz]}"));
    assertEquals("[]", files.commands().toString());
    assertTrue(files.names().containsAll(Set.of("CheckImages", "PullDockerImages")));
  }

  @ParameterizedTest
  @CsvSource({
    "bookworm, , docker.io ca-certificates apparmor",
    "trixie, , docker.io ca-certificates apparmor docker-cli",
    "trixie, docker-ce, docker-ce ca-certificates apparmor",
  })
  void thePackagesAreThoseOfTheReleaseOrOfTheManifest(String release, String name, String packages)
      throws Exception {
    TestManifest manifest = new TestManifest().with("system.release", release);
    TestBuild build =
        new TestBuild(manifest.with("plugins.docker_daemon.package", name), directory);

    new AddDockerDeps().run(build);

    assertEquals(
        Set.of(packages.split(" ")),
        build.all(PackageRequest.class).stream()
            .map(PackageRequest::toString)
            .collect(Collectors.toSet()));
  }

  @Test
  void theMemoryOfContainersCanBeLimitedWithAnyBootloader() throws Exception {
    TestBuild build = newBuild("{}");

    new EnableMemoryCgroup().run(build);

    assertEquals(
        List.of(new KernelParameter("cgroup_enable=memory")), build.all(KernelParameter.class));
  }

  @Test
  void optionsOfTheDaemonAreQuotedAndAddedToItsDefaults() throws Exception {
    TestBuild build = newBuild("{docker_opts: '--label a=\"b\" --debug'}");
    build.root().write("etc/default/docker", "#DOCKER_OPTS=\"\"\n");

    new AddDockerInit().run(build);

    assertEquals(
        "#DOCKER_OPTS=\"\"\nDOCKER_OPTS=\"--label a=\\\"b\\\" --debug\"\n",
        build.root().read("etc/default/docker"));
    assertEquals(List.of(), build.all(SystemdUnit.class));
  }

  @Test
  void imagesArePulledForTheArchitectureOfTheImageWithTheirNames() throws Exception {
    TestManifest manifest =
        new TestManifest()
            .with("system.architecture", "ppc64el")
            .with("plugins.docker_daemon.pull_images_retries", 3)
            .with(
                "plugins.docker_daemon.pull_images",
                List.of(
                    "debian:trixie",
                    "registry.example.org:5000/team/tool",
                    "localhost:5000/own@sha256:0123"));
    TestBuild build = new TestBuild(manifest, directory);

    new PullDockerImages().run(build);

    List<String> commands = build.host().commandLines();
    assertTrue(
        commands.get(0).startsWith("skopeo --override-os linux --override-arch ppc64le "),
        commands.get(0));
    assertTrue(
        commands
            .get(0)
            .endsWith(
                "copy --quiet --retry-times 3 docker://debian:trixie"
                    + " docker-archive:01-debian-trixie.tar:debian:trixie"),
        commands.get(0));
    assertTrue(
        commands
            .get(1)
            .endsWith("docker-archive:02-tool.tar:registry.example.org:5000/team/tool:latest"),
        commands.get(1));
    assertTrue(
        commands
            .get(2)
            .endsWith(
                "--src-tls-verify=false docker://localhost:5000/own@sha256:0123"
                    + " docker-archive:03-own.tar"),
        commands.get(2));
    assertFalse(commands.get(1).contains("tls-verify"), commands.get(1));
  }

  @Test
  void archivesOfTheHostAreCopiedAndAUnitLoadsThemAtTheFirstBoot() throws Exception {
    Files.writeString(directory.resolve("tool.tar.gz"), "an archive");
    TestBuild build = newBuild("{pull_images: [tool.tar.gz]}");

    new CheckImages().run(build);
    new AddDockerInit().run(build);
    new PullDockerImages().run(build);

    assertEquals("an archive", build.root().read("var/lib/docker-images/01-image.tar"));
    SystemdUnit unit = build.all(SystemdUnit.class).get(0);
    assertEquals("docker-load-images.service", unit.name());
    assertTrue(unit.content().contains("for file in /var/lib/docker-images/*.tar; do docker load"));
    assertEquals(
        List.of(directory.resolve("tool.tar.gz")),
        plugin.hostFiles(build.manifest()).stream().map(file -> file.file()).toList());
  }

  @Test
  void everyMissingArchiveIsReportedWithItsPlace() throws Exception {
    TestBuild build = newBuild("{pull_images: [a.tar, debian, b.tgz]}");

    String message =
        assertThrows(BuildException.class, () -> new CheckImages().run(build)).getMessage();

    assertEquals(2, message.lines().count(), message);
    assertTrue(message.contains(": plugins.docker_daemon.pull_images.2: " + directory), message);
  }

  @Test
  void anImageThatIsNotInTheRegistryIsNamedWithItsPlace() throws Exception {
    TestBuild build = newBuild("{pull_images: [nosuch]}");
    build.host().failing("skopeo", 1, "level=fatal msg=\"manifest unknown\"");

    String message =
        assertThrows(BuildException.class, () -> new PullDockerImages().run(build)).getMessage();

    assertTrue(
        message.contains(
            ": plugins.docker_daemon.pull_images.0: the image nosuch could not be pulled"),
        message);
    assertTrue(message.contains("manifest unknown"), message);
  }

  private List<String> problems(TestManifest manifest) {
    List<String> problems = new ArrayList<>();
    plugin.check(manifest, problem -> problems.add(String.valueOf(problem)));
    return problems;
  }

  private static TestManifest of(String name, int version) {
    return new TestManifest()
        .withRelease(
            new Release(
                name, name, version, Optional.empty(), Optional.empty(), Optional.empty(), true));
  }

  @Test
  void aReleaseWithoutDockerIsAWarningThatNamesTheRemedy() {
    assertTrue(
        problems(of("stretch", 9)).get(0).contains("Debian 9 has no package docker.io"),
        problems(of("stretch", 9)).toString());
    assertEquals(
        List.of(), problems(of("stretch", 9).with("plugins.docker_daemon.package", "docker-ce")));
  }

  @Test
  void wheezyNeedsTheKernelOfItsBackports() {
    assertTrue(
        problems(of("wheezy", 7)).get(0).contains("The kernel of Debian 7 is too old for Docker"));
    TestManifest pinned =
        of("wheezy", 7)
            .with(
                "packages.preferences.backports",
                List.of(
                    Map.of(
                        "package",
                        "linux-image-amd64",
                        "pin",
                        "release n=wheezy-backports",
                        "pin-priority",
                        500)));
    assertEquals(List.of(), problems(pinned));
    assertTrue(TestTaskSet.selectedBy(plugin, pinned).names().contains("AddBackports"));
  }

  @Test
  void earlyReleasesHaveDockerInTheirBackports() throws Exception {
    TestBuild build = new TestBuild(of("jessie", 8), directory);

    new AddDockerDeps().run(build);

    assertTrue(
        build
            .all(PackageRequest.class)
            .contains(PackageRequest.parse("docker.io/jessie-backports")),
        build.all(PackageRequest.class).toString());
  }
}
