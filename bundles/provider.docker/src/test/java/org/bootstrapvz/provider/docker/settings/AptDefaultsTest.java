/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.common.apt.AptSetting;
import org.bootstrapvz.common.apt.WriteConfiguration;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptDefaultsTest {
  private static final List<String> ALL =
      List.of(
          "docker-autoremove-suggests",
          "docker-clean",
          "docker-gzip-indexes",
          "docker-no-languages");

  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;
  private Root root;

  @BeforeEach
  void makeRoot() throws Exception {
    build = new TestBuild(manifest, folder);
    root = build.root();
  }

  private List<String> files() throws Exception {
    return root.list("etc/apt/apt.conf.d");
  }

  private static List<String> allBut(String file) {
    List<String> others = new ArrayList<>(ALL);
    others.remove(file);
    return others;
  }

  @Test
  void theFilesHaveTheNamesThatDockerfilesExpect() throws Exception {
    new AptDefaults().run(build);
    assertEquals(ALL, files());
    assertEquals(AptSetting.clean().text(), root.read("etc/apt/apt.conf.d/docker-clean"));
  }

  @Test
  void whatTheManifestSetsWinsAlsoInAFileThatAptReadsBefore() throws Exception {
    manifest.with(
        List.of("packages", "apt.conf.d", "00languages"), "Acquire { Languages { \"de\"; }; };");
    new WriteConfiguration().run(build);
    new AptDefaults().run(build);
    List<String> expected = new ArrayList<>(List.of("00languages"));
    expected.addAll(allBut("docker-no-languages"));
    assertEquals(expected, files());
  }

  @Test
  void aSnippetOfTheManifestOfTheSameNameIsKept() throws Exception {
    manifest.with(List.of("packages", "apt.conf.d", "docker-clean"), "// Keeps packages.");
    new WriteConfiguration().run(build);
    new AptDefaults().run(build);
    assertEquals(ALL, files());
    assertEquals("// Keeps packages.\n", root.read("etc/apt/apt.conf.d/docker-clean"));
  }

  @Test
  void aSettingThatMinimizeSizeHasWrittenIsNotWrittenTwice() throws Exception {
    AptSetting.clean().write(root, "90clean");
    new AptDefaults().run(build);
    List<String> expected = new ArrayList<>(List.of("90clean"));
    expected.addAll(allBut("docker-clean"));
    assertEquals(expected, files());
  }
}
