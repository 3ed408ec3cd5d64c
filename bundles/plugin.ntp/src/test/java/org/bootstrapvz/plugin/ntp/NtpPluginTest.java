/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpPluginTest extends PluginTest<NtpPlugin> {
  NtpPluginTest() {
    super("ntp", new NtpPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{servers: []} | plugins.ntp.servers:",
        "{servers: time.example.org} | plugins.ntp.servers:",
        "{servers: ['a b']} | plugins.ntp.servers.0:",
        "{server: [a]} | Unknown key `server`. Did you mean `servers`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void withoutServersDebiansAreUsed() {
    assertEquals(Set.of("AddNtpPackage"), TestTaskSet.selectedBy(plugin, check("{}")).names());
  }

  @Test
  void theServersReplaceThoseOfDebian() throws Exception {
    TestBuild build = newBuild("{servers: [time.example.org, '192.0.2.1']}");
    new AddNtpPackage().run(build);
    new SetNtpServers().run(build);
    assertEquals(List.of(PackageRequest.of("systemd-timesyncd")), build.all(PackageRequest.class));
    String text = build.root().read("etc/systemd/timesyncd.conf.d/servers.conf");
    assertTrue(text.contains("\nNTP=time.example.org 192.0.2.1\n"), text);
    assertTrue(text.endsWith("\nFallbackNTP=\n"), text);
  }
}
