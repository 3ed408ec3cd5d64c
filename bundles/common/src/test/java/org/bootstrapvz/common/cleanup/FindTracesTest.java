/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindTracesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "https_proxy", "http://ada:secret@proxy.example.org:3128/",
          "SUDO_USER", "ada-host",
          "LANG", "tlh_KX.UTF-8",
          "HOME", "/home/ada-host");

  @TempDir Path folder;
  private Path host;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, Files.createDirectory(folder.resolve("build")));
    host = folder.resolve("host");
    host("proc/sys/kernel/hostname", "canary.corp.example\n");
    host("proc/sys/kernel/osrelease", "9.8.7-amd64\n");
    host("etc/resolv.conf", "nameserver 192.0.2.53\nnameserver 127.0.0.53\nsearch lab.example\n");
    host("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    host("etc/timezone", "Antarctica/Troll\n");
    host("sys/class/net/eth0/address", "52:54:00:ca:4a:51\n");
    host("sys/class/net/lo/address", "00:00:00:00:00:00\n");
    host(
        "proc/net/fib_trie",
        "        |-- 127.0.0.1\n           /32 host LOCAL\n        |-- 198.51.100.7\n"
            + "           /32 host LOCAL\n");
    build.root().write("var/lib/dpkg/info/postfix.list", "/etc\n/etc/postfix\n/usr/sbin/postfix\n");
    build.root().write("var/lib/dpkg/status", "Package: postfix\nDescription: mail server\n");
  }

  private void host(String file, String text) throws Exception {
    Files.createDirectories(host.resolve(file).getParent());
    Files.writeString(host.resolve(file), text);
  }

  private List<String> search() throws Exception {
    FindTraces.search(build, HostTraces.of(host, ENVIRONMENT));
    return build.warnings();
  }

  @ParameterizedTest
  @CsvSource({
    "myhostname = canary, host name",
    "mydomain = corp.example, domain",
    "nameserver 192.0.2.53, name server",
    "search lab.example, search domain",
    "inet 198.51.100.7/24, address",
    "mac=52:54:00:ca:4a:51, MAC address",
    "0123456789abcdef0123456789abcdef, machine id",
    "linux 9.8.7-amd64, kernel release",
    "Antarctica/Troll, time zone",
    "proxy=http://ada:secret@proxy.example.org:3128, proxy",
    "owner=ada-host, user name",
    "LANG=tlh_KX.UTF-8, locale",
  })
  void eachTraceOfTheBuildHostIsReportedWithItsFileAndPackageButNotPrinted(String text, String kind)
      throws Exception {
    build.root().write("etc/postfix/main.cf", text + "\n");

    assertEquals(
        List.of(
            "/etc/postfix/main.cf (package postfix) contains the "
                + kind
                + " of the build host. Change it with the plugin commands"),
        search());
  }

  @Test
  void whatOnlyResemblesATraceIsNotReported() throws Exception {
    build.root().write("etc/postfix/main.cf", "canary2 xcanary 192.0.2.530 127.0.0.53 127.0.0.1\n");

    assertEquals(List.of(), search());
  }

  @Test
  void whatTheManifestContainsIsMeant() throws Exception {
    manifest.with("system.hostname", "canary");
    build.root().write("etc/hostname", "canary\n");

    assertEquals(List.of(), search());
  }

  @Test
  void aHostNameThatIsAnOrdinaryWordIsNotSearchedFor() throws Exception {
    host("proc/sys/kernel/hostname", "server\n");
    build.root().write("etc/motd", "This is a server.\n");

    assertEquals(List.of(), search());
  }

  @Test
  void aConfigurationFileThatIsAsItsPackageBroughtItIsNotReported() throws Exception {
    build
        .root()
        .write(
            "var/lib/dpkg/status",
            """
            Package: postfix
            Conffiles:
             /etc/postfix/access 8067521a81169f3aaaef58566450e4ef
             /etc/postfix/changed 8067521a81169f3aaaef58566450e4ef obsolete
            """);
    build.root().write("etc/postfix/access", "# as on canary\n");
    build.root().write("etc/postfix/changed", "# as on canary!\n");

    assertEquals(
        List.of(
            "/etc/postfix/changed (package postfix) contains the host name of the build host. Change"
                + " it with the plugin commands"),
        search());
  }

  @Test
  void programsOfPackagesAreNotSearched() throws Exception {
    build.root().write("usr/sbin/postfix", "canary");
    build.root().write("usr/lib/python3/__pycache__/x.pyc", "canary");
    build.root().write("usr/local/bin/tool", "canary");

    assertEquals(
        List.of(
            "/usr/local/bin/tool contains the host name of the build host. Change it with the"
                + " plugin commands"),
        search());
  }

  @Test
  void aPrivateKeyIsReportedUnlessTheManifestCopiesIt() throws Exception {
    String key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA==\n-----END EC PRIVATE KEY-----\n";
    build.root().write("etc/postfix/server.key", key);

    List<String> warnings = search();

    assertEquals(1, warnings.size());
    assertTrue(
        warnings
            .get(0)
            .startsWith(
                "/etc/postfix/server.key (package postfix) contains the private key of a single"
                    + " machine: all machines made from this image share it."),
        warnings.toString());
    assertFalse(warnings.toString().contains("MHcC"));
  }

  @Test
  void aSecretThatAPackageGeneratedIsReported() throws Exception {
    build.root().write("var/lib/rabbitmq/.erlang.cookie", "ABC");

    assertTrue(
        search().get(0).startsWith("/var/lib/rabbitmq/.erlang.cookie contains identity of"),
        build.warnings().toString());
  }
}
