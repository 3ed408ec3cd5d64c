/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
  }

  @ParameterizedTest
  @CsvSource({
    "bullseye, , ifupdown isc-dhcp-client iproute2",
    "bookworm, , ifupdown isc-dhcp-client iproute2",
    "trixie, , systemd systemd-resolved iproute2",
    "sid, ifupdown, ifupdown dhcpcd-base iproute2",
    "bookworm, systemd-networkd, systemd systemd-resolved iproute2",
    "bullseye, systemd-networkd, systemd iproute2"
  })
  void thePackagesDependOnTheRelease(String release, String network, String packages)
      throws Exception {
    manifest.with("system.release", release).with("system.network", network);

    new AddNetworkPackages().run(build);

    assertEquals(
        packages,
        build.all(PackageRequest.class).stream()
            .map(PackageRequest::name)
            .collect(Collectors.joining(" ")));
  }

  @Test
  void ifupdownBringsUpEveryEthernetInterfaceWhateverItsName() throws Exception {
    manifest.with("system.network", "ifupdown");
    build.root().makeDirectory("etc/network/interfaces.d", 0755);

    new ConfigureNetworkIF().run(build);

    List<String> lines = build.root().read("etc/network/interfaces").lines().toList();
    assertTrue(lines.contains("auto /en*=dhcp"), lines.toString());
    assertTrue(lines.contains("auto /eth*=dhcp"), lines.toString());
    assertTrue(lines.contains("iface dhcp inet dhcp"), lines.toString());
    assertTrue(lines.contains("source /etc/network/interfaces.d/*"), lines.toString());
    assertEquals(List.of(), build.host().imageCommandLines());
  }

  @Test
  void networkdBringsUpEveryEthernetInterfaceAndNoVirtualOne() throws Exception {
    new ConfigureNetworkIF().run(build);

    List<String> lines = build.root().read("etc/systemd/network/80-dhcp.network").lines().toList();
    assertTrue(lines.containsAll(List.of("Type=ether", "Kind=!*", "DHCP=yes")), lines.toString());
    assertEquals(
        List.of("systemctl enable systemd-networkd.service systemd-resolved.service"),
        build.host().imageCommandLines());
  }

  @Test
  void theHostNameIsWrittenForAnyContentOfTheHostsFile() throws Exception {
    manifest.with("system.hostname", "web-{%Y}");
    build.root().write("etc/hostname", "of-the-build-host\n", 0755);
    build.root().write("etc/hosts", "127.0.0.1 localhost of-the-build-host\n");

    new WriteHosts().run(build);
    new SetHostname().run(build);

    assertEquals("web-2026\n", build.root().read("etc/hostname"));
    assertEquals(
        "rw-r--r--",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("root/etc/hostname"))));
    String hosts = build.root().read("etc/hosts");
    assertTrue(hosts.startsWith("127.0.0.1\tlocalhost\n"), hosts);
    assertTrue(hosts.endsWith("127.0.1.1\tweb-2026\n"), hosts);
    assertFalse(hosts.contains("build-host"), hosts);
  }

  @Test
  void packagesAreInstalledUnderTheHostNameOfTheImage() throws Exception {
    manifest.with("system.hostname", "web-{%Y}");

    new SetSandboxHostname().run(build);

    assertEquals(List.of("hostname web-2026"), build.host().commandLines());
  }

  @Test
  void withoutAHostNameInTheManifestTheImageHasNone() throws Exception {
    build.root().write("etc/hostname", "of-the-build-host\n");

    new RemoveHostname().run(build);

    assertFalse(build.root().exists("etc/hostname"));
  }

  @Test
  void theBuildHostSNameServersDoNotGetIntoTheImage() throws Exception {
    manifest.with("system.network", "ifupdown");
    build.root().write("etc/resolv.conf", "nameserver 192.0.2.1\n");
    build.root().write("etc/.resolv.conf.systemd-resolved.bak", "nameserver 192.0.2.1\n");

    new RemoveDNSInfo().run(build);

    assertEquals(List.of(), build.root().list("etc"));
  }

  @Test
  void whereSystemdResolvedRunsItsStubAnswers() throws Exception {
    build.root().write("etc/resolv.conf", "nameserver 192.0.2.1\n");
    build.root().write("lib/systemd/systemd-resolved", "");

    new RemoveDNSInfo().run(build);

    assertEquals(
        "../run/systemd/resolve/stub-resolv.conf",
        Files.readSymbolicLink(folder.resolve("root/etc/resolv.conf")).toString());
  }
}
