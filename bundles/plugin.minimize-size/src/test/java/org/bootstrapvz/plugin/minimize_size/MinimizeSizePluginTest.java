/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.common.apt.AptSetting;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.plugin.minimize_size.apt.AptAutoremoveSuggests;
import org.bootstrapvz.plugin.minimize_size.apt.AptGzipIndexes;
import org.bootstrapvz.plugin.minimize_size.apt.AutomateAptClean;
import org.bootstrapvz.plugin.minimize_size.apt.FilterTranslationFiles;
import org.bootstrapvz.plugin.minimize_size.dpkg.ExcludeDocs;
import org.bootstrapvz.plugin.minimize_size.dpkg.FilterBaseSystem;
import org.bootstrapvz.plugin.minimize_size.dpkg.FilterLocales;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimizeSizePluginTest extends PluginTest<MinimizeSizePlugin> {
  MinimizeSizePluginTest() {
    super("minimize_size", new MinimizeSizePlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{shrink: zip} | plugins.minimize_size.shrink:",
        "{shrink: vmware-vdiskmanager} | vmware-vdiskmanager shrinks vmdk images only, not qcow2. Write qemu-img",
        "{zerofree: maybe} | plugins.minimize_size.zerofree:",
        "{apt: {languages: []}} | plugins.minimize_size.apt.languages:",
        "{apt: {languages: en}} | plugins.minimize_size.apt.languages:",
        "{apt: {clean: true}} | Unknown key `clean`",
        "{dpkg: {locales: [../x]}} | plugins.minimize_size.dpkg.locales.0:",
        "{dpkg: {docs: true}} | Unknown key `docs`",
        "{shrinkk: true} | Unknown key `shrinkk`. Did you mean `shrink`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "folder,true,A folder cannot be shrunk",
    "vhd,qemu-img,A vhd cannot be shrunk",
    "vmdk,vmware-vdiskmanager,vmware-vdiskmanager is not in Debian",
  })
  void anImageThatCannotBeShrunkIsReported(String backing, String shrink, String expected) {
    List<String> problems = new ArrayList<>();
    plugin.check(
        new TestManifest()
            .with("volume.backing", backing)
            .with("plugins.minimize_size.shrink", shrink),
        problem -> problems.add(problem.message()));
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith(expected), problems.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "qcow2,true,true",
    "qcow2,qemu-img,true",
    "qcow2,qemu-img-no-compression,false",
    "qcow2,false,false",
    "vmdk,true,false",
    "raw,true,false",
  })
  void onlyAQcow2IsCompressed(String backing, String shrink, boolean compressed) {
    TestManifest manifest =
        new TestManifest()
            .with("volume.backing", backing)
            .with("plugins.minimize_size.shrink", shrink);
    assertEquals(
        compressed ? Set.of("ShrinkVolumeWithQemuImg") : Set.of(),
        TestTaskSet.selectedBy(plugin, manifest).names());
  }

  @Test
  void anEmptyListOfLocalesDiffersFromAMissingOne() {
    assertEquals(Set.of(), TestTaskSet.selectedBy(plugin, check("{dpkg: {}}")).names());
    assertEquals(
        Set.of("FilterLocales", "CreateDpkgCfg", "FilterBaseSystem"),
        TestTaskSet.selectedBy(plugin, check("{dpkg: {locales: []}}")).names());
  }

  @Test
  void eachSettingOfAptIsInAFileOfItsOwn() throws Exception {
    TestBuild build =
        newBuild(
            "{apt: {autoclean: true, gzip_indexes: true, autoremove_suggests: true, languages: [de, en]}}");
    new AutomateAptClean().run(build);
    new AptGzipIndexes().run(build);
    new AptAutoremoveSuggests().run(build);
    new FilterTranslationFiles().run(build);
    Map<String, AptSetting> expected =
        Map.of(
            "90clean",
            AptSetting.clean(),
            "20gzip-indexes",
            AptSetting.gzipIndexes(),
            "20autoremove-suggests",
            AptSetting.autoremoveSuggests(),
            "20languages",
            AptSetting.languages(List.of("de", "en")));
    assertEquals(expected.keySet(), Set.copyOf(build.root().list("etc/apt/apt.conf.d")));
    for (var each : expected.entrySet()) {
      assertEquals(
          each.getValue().text(), build.root().read("etc/apt/apt.conf.d/" + each.getKey()));
    }
  }

  @Test
  void dpkgKeepsCopyrightEnglishAndTheLanguagesOfTheManifest() throws Exception {
    TestBuild build = newBuild("{dpkg: {locales: [de, pt_BR], exclude_docs: true}}");
    new ExcludeDocs().run(build);
    new FilterLocales().run(build);
    assertEquals(
        "path-exclude=/usr/share/doc/*\npath-include=/usr/share/doc/*/copyright\n",
        build.root().read("etc/dpkg/dpkg.cfg.d/10exclude-docs"));
    assertEquals(
        """
        path-exclude=/usr/share/locale/*
        path-include=/usr/share/locale/locale.alias
        path-include=/usr/share/locale/de/*
        path-include=/usr/share/locale/pt_BR/*
        """,
        build.root().read("etc/dpkg/dpkg.cfg.d/10filter-locales"));
    assertEquals(
        """
        path-exclude=/usr/share/man/*
        path-include=/usr/share/man/man[1-9]*
        path-include=/usr/share/man/de/*
        path-include=/usr/share/man/pt_BR/*
        """,
        build.root().read("etc/dpkg/dpkg.cfg.d/10filter-manpages"));
  }

  @Test
  void theBaseSystemIsFilteredInTheSameWay() throws Exception {
    TestBuild build = newBuild("{dpkg: {locales: [de], exclude_docs: true}}");
    for (String file :
        List.of(
            "doc/bash/copyright",
            "doc/bash/README",
            "locale/locale.alias",
            "locale/de/bash.mo",
            "locale/fr/bash.mo",
            "man/man1/bash.1.gz",
            "man/de/man1/bash.1.gz",
            "man/fr/man1/bash.1.gz")) {
      build.root().write("usr/share/" + file, "");
    }
    new FilterBaseSystem().run(build);
    assertEquals(List.of("copyright"), build.root().list("usr/share/doc/bash"));
    assertEquals(List.of("de", "locale.alias"), build.root().list("usr/share/locale"));
    assertEquals(List.of("de", "man1"), build.root().list("usr/share/man"));
  }

  @Test
  void theBaseSystemKeepsFilesThatTheManifestDoesNotFilter() throws Exception {
    TestBuild build = newBuild("{dpkg: {locales: []}}");
    build.root().write("usr/share/doc/bash/README", "");
    build.root().write("usr/share/man/fr/man1/bash.1.gz", "");
    new FilterBaseSystem().run(build);
    assertTrue(build.root().isFile("usr/share/doc/bash/README"));
    assertEquals(List.of(), build.root().list("usr/share/man"));
  }
}
