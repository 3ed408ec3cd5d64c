/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.common.ssh.SetSSHKeepAlive;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudImageTest {
  @TempDir Path folder;
  private final TestManifest manifest =
      new TestManifest().with("provider.name", "ec2").withPartition("root", "8GiB", "ext4");

  private static Release stretch() {
    return new Release(
        "stretch", "stretch", 9, Optional.empty(), Optional.empty(), Optional.empty(), true);
  }

  private List<String> parameters() throws Exception {
    TestBuild build = new TestBuild(manifest, folder);
    new SetCloudConsole().run(build);
    TestTaskSet tasks = new TestTaskSet(manifest);
    CloudImage.addTo(tasks, manifest);
    CloudImage.usePcSerialPort(tasks, manifest);
    if (tasks.names().contains("SetSerialConsole")) {
      new SetSerialConsole().run(build);
    }
    if (tasks.names().contains("SetPcSerialConsole")) {
      new SetPcSerialConsole().run(build);
    }
    return build.all(KernelParameter.class).stream().map(KernelParameter::text).toList();
  }

  @Test
  void theLastConsoleIsTheSerialPort() throws Exception {
    assertEquals(
        List.of(
            "console=tty0", "earlyprintk=ttyS0,115200", "consoleblank=0", "console=ttyS0,115200n8"),
        parameters());
  }

  @Test
  void anArmMachineCanHaveThePortOfAPc() throws Exception {
    manifest.with("system.architecture", "arm64");

    assertEquals(List.of("console=tty0", "consoleblank=0", "console=ttyS0,115200n8"), parameters());
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, '', linux-image-cloud-amd64",
    "arm64, '', linux-image-cloud-arm64",
    "i386, '', linux-image-686-pae",
    "amd64, generic, linux-image-amd64"
  })
  void theKernelIsThatForCloudsUnlessTheManifestNamesAnother(
      String architecture, String kernel, String expected) throws Exception {
    manifest.with("system.architecture", architecture);
    if (!kernel.isEmpty()) {
      manifest.with("system.kernel", kernel);
    }
    TestBuild build = new TestBuild(manifest, folder);

    CloudImage.requestPackages(build, List.of("own"));

    List<String> names =
        build.all(PackageRequest.class).stream().map(PackageRequest::name).toList();
    assertEquals(expected, names.get(0));
    assertTrue(names.containsAll(List.of("polkitd", "ca-certificates", "own")), names.toString());
  }

  @Test
  void aReleaseBeforeTheKernelForCloudsGetsTheGenericOne() throws Exception {
    TestBuild build = new TestBuild(manifest.withRelease(stretch()), folder);

    CloudImage.requestPackages(build, List.of());

    List<String> names =
        build.all(PackageRequest.class).stream().map(PackageRequest::name).toList();
    assertEquals("linux-image-amd64", names.get(0));
    assertFalse(names.contains("polkitd"), names.toString());
  }

  @ParameterizedTest
  @CsvSource({"ifupdown,eni", "systemd-networkd,networkd"})
  void cloudInitConfiguresTheNetworkAndTheUserOfTheImage(String network, String renderer)
      throws Exception {
    manifest.with("system.network", network);
    TestBuild build = new TestBuild(manifest, folder);
    build.provide(CloudGuest.class, new CloudGuest(List.of("Ec2", "None"), "admin", List.of()));

    new ConfigureCloudInit().run(build);

    String text = build.root().read("etc/cloud/cloud.cfg.d/90_provider.cfg");
    assertTrue(text.startsWith("datasource_list: [Ec2, None]\napt:\n"), text);
    assertTrue(text.contains("\n    renderers: [" + renderer + "]\n"), text);
    assertTrue(text.contains("\n  default_user:\n    name: admin\n"), text);
  }

  @Test
  void theTimeServersOfTheCloudAreUsedAndNoneMeansThoseOfDebian() throws Exception {
    TestBuild build = new TestBuild(manifest, folder);
    build.provide(CloudGuest.class, new CloudGuest(List.of(), "admin", List.of("a", "b")));
    new SetTimeServers().run(build);
    String file = "etc/systemd/timesyncd.conf.d/cloud.conf";
    assertEquals("[Time]\nFallbackNTP=a b\n", build.root().read(file));

    TestBuild other = new TestBuild(manifest, Files.createDirectory(folder.resolve("other")));
    other.provide(CloudGuest.class, new CloudGuest(List.of(), "admin", List.of()));
    new SetTimeServers().run(other);
    assertFalse(other.root().exists(file));
  }

  @Test
  void idleConnectionsAreKeptOpen() throws Exception {
    TestBuild build = new TestBuild(manifest, folder);
    build.root().write("etc/ssh/sshd_config", "");
    build.root().makeDirectory("etc/ssh/sshd_config.d", 0755);

    new SetSSHKeepAlive().run(build);

    assertEquals(
        "ClientAliveInterval 120\n",
        build.root().read("etc/ssh/sshd_config.d/ClientAliveInterval.conf"));
  }

  @Test
  void noImageForACloudAcceptsPasswords() {
    TestTaskSet tasks = new TestTaskSet(manifest);
    CloudImage.addTo(tasks, manifest);
    Set<String> names = tasks.names();

    assertTrue(
        names.containsAll(
            List.of("DisableSSHPasswordAuthentication", "AddExpandRoot", "SetTimeServers")),
        names.toString());
  }

  @Test
  void whatTheCloudRefusesIsReportedAtTheSettingWithTheRemedy() {
    List<Problem> problems = new ArrayList<>();

    CloudImage.checkName("A", Pattern.compile("[a-z]+"), manifest, "Use letters", problems::add);
    CloudImage.checkName("a", Pattern.compile("[a-z]+"), manifest, "Use letters", problems::add);

    assertEquals(
        List.of("name Use letters"),
        problems.stream().map(problem -> problem.path() + " " + problem.remedy()).toList());
  }
}
