/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.provider.docker.ContainerManifest;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerProviderTest {
  private static final String MANIFEST = ContainerManifest.TEXT;

  @TempDir Path folder;
  private final DockerProvider provider = new DockerProvider();
  private ManifestChecker checker;

  @BeforeEach
  void setUp() {
    checker = new ManifestChecker(new ManifestFiles(), folder);
  }

  private void assertOneProblem(String manifest, String path, String part) throws IOException {
    checker.check(manifest, provider, "");
    assertEquals(1, checker.problems().size(), checker.problems().toString());
    String problem = checker.problems().get(0);
    assertTrue(problem.startsWith(path + ": "), problem);
    assertTrue(problem.contains(part), problem);
  }

  @Test
  void aMinimalManifestSelectsNoTasksThatOnlyAMachineNeeds() throws IOException {
    Set<String> tasks =
        TestTaskSet.selectedBy(provider, checker.check(MANIFEST, provider, "")).names();
    assertEquals(List.of(), checker.problems());
    assertTrue(
        tasks.containsAll(List.of("CreateLayer", "CreateImage", "DpkgUnsafeIo", "AptDefaults")));
    for (String needless :
        List.of(
            "UpdateInitramfs",
            "DetermineKernelVersion",
            "EnableDaemonAutostart",
            "MoveFolder",
            "CopyFolder",
            "FStab",
            "PopulateLabels",
            "AppendManifestDockerfile",
            "PushImage")) {
      assertFalse(tasks.contains(needless), needless);
    }
  }

  @Test
  void theNetworkIsConfiguredByTheContainerEngine() throws IOException {
    String manifest =
        MANIFEST.replace(
            "  variant: minbase\n", "  variant: minbase\n  include_packages: [netbase]\n");
    Set<String> tasks =
        TestTaskSet.selectedBy(provider, checker.check(manifest, provider, "")).names();
    assertFalse(tasks.contains("AddNetworkPackages"), tasks.toString());
    assertTrue(tasks.contains("RemoveHostname"), tasks.toString());
  }

  @ParameterizedTest
  @CsvSource({", RemoveHostname, SetHostname", "gitolite, SetHostname, RemoveHostname"})
  void theHostNameIsThatOfTheManifestOrNoneAndNeverThatOfTheBuildHost(
      String hostname, String selected, String other) throws IOException {
    String manifest =
        hostname == null
            ? MANIFEST
            : MANIFEST.replace(
                "  timezone: UTC\n", "  timezone: UTC\n  hostname: " + hostname + "\n");
    Set<String> tasks =
        TestTaskSet.selectedBy(provider, checker.check(manifest, provider, "")).names();
    assertEquals(List.of(), checker.problems());
    assertTrue(tasks.contains(selected), tasks.toString());
    assertFalse(tasks.contains(other), tasks.toString());
    assertTrue(tasks.contains("WriteHosts"), tasks.toString());
  }

  @Test
  void localesAreOnlyInstalledIfTheRequestedOneIsMissing() throws IOException {
    Set<String> c = TestTaskSet.selectedBy(provider, checker.check(MANIFEST, provider, "")).names();
    assertFalse(c.contains("LocaleBootstrapPackage"), c.toString());
    String english = MANIFEST.replace("locale: C\n", "locale: en_US\n");
    Set<String> other =
        TestTaskSet.selectedBy(provider, checker.check(english, provider, "")).names();
    assertTrue(other.containsAll(List.of("LocaleBootstrapPackage", "GenerateLocale")));
  }

  @Test
  void labelsInstructionsAndARegistryAddTheirTasks() throws IOException {
    String manifest =
        ContainerManifest.with(
            """
              labels: {vendor: "{system.release}"}
              dockerfile: [CMD /bin/bash]
              push: {to: registry.example.org/debian}
            """);
    Set<String> tasks =
        TestTaskSet.selectedBy(provider, checker.check(manifest, provider, "")).names();
    assertEquals(List.of(), checker.problems());
    assertTrue(
        tasks.containsAll(
            List.of("PopulateLabels", "AppendManifestDockerfile", "CheckRegistry", "PushImage")),
        tasks.toString());
  }

  @Test
  void withoutVariantThereIsAWarning() throws IOException {
    assertOneProblem(MANIFEST.replace("  variant: minbase\n", ""), "bootstrapper", "minbase");
  }

  @Test
  void everyErrorInTheInstructionsIsReportedAtItsLocation() throws IOException {
    checker.check(
        ContainerManifest.with(
            "  dockerfile:\n    - CMD /bin/bash\n    - CMT /bin/bash\n    - EXPOSE web\n"),
        provider,
        "");
    assertEquals(
        List.of(
            "provider.dockerfile.1: CMT is not a Dockerfile instruction. Did you mean CMD?. ",
            "provider.dockerfile.2: \"web\" is not a port. Write a number up to 65535 such as 80,"
                + " 53/udp or 8000-8010. "),
        checker.problems());
    assertEquals(List.of(6, 7), checker.lines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: team/debian:{system.release}|name: Team/debian|name|Write team/debian",
        "name: team/debian:{system.release}|name: 'debian:a b'|name|not a tag",
        "bootloader: none|bootloader: extlinux|system.bootloader|none",
        "backing: folder|backing: raw|volume.backing|folder",
        "type: none|type: gpt|volume.partitions.type|none",
      })
  void unsupportedSettingsAreAnError(String from, String to, String path, String part)
      throws IOException {
    assertOneProblem(MANIFEST.replace(from, to), path, part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "labels: {distribution-scope: everybody}|provider.labels.distribution-scope|public",
        "labels: {version: 1}|provider.labels.version|text",
        "labels: {version: '{no.such}'}|provider.labels.version|no.such",
        "dockerfile: CMD /bin/bash|provider.dockerfile|list",
        "push: {}|provider.push|to",
        "push: {to: debian}|provider.push.to|names no registry",
        "push: {to: registry.example.org/debian, tls: false}|provider.push.to|without encryption",
        "push: {to: registry.example.org/debian, username: me}|provider.push.username|password",
        "push: {to: r.example.org/d, token: x}|provider.push.token|token",
      })
  void invalidSettingsAreReported(String setting, String path, String part) throws IOException {
    assertOneProblem(ContainerManifest.with("  " + setting + "\n"), path, part);
  }

  @Test
  void twoWaysToLogInAreAnError() throws IOException {
    assertOneProblem(
        ContainerManifest.with(
            "  push: {to: r.example.org/d, username: me, password: x, config: c.json}\n"),
        "provider.push.config",
        "two ways");
  }

  @Test
  void thePasswordIsASecret() throws IOException {
    var manifest =
        checker.check(
            ContainerManifest.with(
                "  push: {to: r.example.org/d, username: me, password: Gr33n}\n"),
            provider,
            "");
    assertEquals(List.of(), checker.problems());
    assertEquals(
        List.of("Gr33n"), manifest.secrets().stream().map(secret -> secret.reveal()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5000/d", "127.0.0.1:5000/d", "'[::1]:5000/d'"})
  void aRegistryOnThisMachineNeedsNoEncryption(String to) throws IOException {
    checker.check(ContainerManifest.with("  push: {to: " + to + ", tls: false}\n"), provider, "");
    assertEquals(List.of(), checker.problems());
  }
}
