/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AptSettingTest {
  @TempDir Path folder;
  private TestBuild build;
  private Root root;

  @BeforeEach
  void makeRoot() throws Exception {
    build = new TestBuild(new TestManifest(), folder);
    build.host().running();
    root = build.root();
  }

  /** What apt reads from the configuration of the root. */
  private List<String> read() throws Exception {
    Path only = folder.resolve("apt.conf");
    Files.writeString(
        only,
        "Dir::Etc::main \"/dev/null\";\nDir::Etc::parts \""
            + root.resolve(WriteConfiguration.FOLDER)
            + "\";\n");
    return build.run(Command.of("apt-config", "dump").env("APT_CONFIG", only.toString())).output();
  }

  @Test
  void aptReadsEverySetting() throws Exception {
    AptSetting.clean().write(root, "clean");
    AptSetting.gzipIndexes().write(root, "gzip-indexes");
    AptSetting.autoremoveSuggests().write(root, "autoremove-suggests");
    AptSetting.languages(List.of("de", "en")).write(root, "languages");
    List<String> read = read();
    for (String expected :
        List.of(
            "Acquire::GzipIndexes \"true\";",
            "APT::AutoRemove::SuggestsImportant \"false\";",
            "Acquire::Languages:: \"de\";",
            "Dir::Cache::pkgcache \"\";",
            "Dir::Cache::srcpkgcache \"\";")) {
      assertTrue(read.contains(expected), expected + " in: " + read);
    }
  }

  @Test
  void packagesAndCachesAreDeletedAndNothingElse() throws Exception {
    AptSetting.clean().write(root, "clean");
    String cache = "var/cache/apt/";
    for (String file :
        List.of(
            "archives/a_1_all.deb", "archives/partial/b.deb", "pkgcache.bin", "archives/lock")) {
      root.write(cache + file, "");
    }
    for (String option : List.of("DPkg::Post-Invoke:: \"", "APT::Update::Post-Invoke:: \"")) {
      String line = read().stream().filter(each -> each.startsWith(option)).findFirst().get();
      String command = line.substring(option.length(), line.length() - 2);
      build.run(
          Command.of(
              "sh", "-c", command.replace("/var/cache/apt", root.resolve(cache).toString())));
      assertEquals(List.of("archives"), root.list(cache));
      assertEquals(List.of("lock", "partial"), root.list(cache + "archives"));
      assertEquals(List.of(), root.list(cache + "archives/partial"));
      root.write(cache + "srcpkgcache.bin", "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "Acquire::Languages \"none\"; | true",
        "acquire::languages { \"de\"; }; | true",
        "Acquire { Retries \"3\"; Languages { \"de\"; }; }; | true",
        "Acquire::Languages:: \"de\"; | true",
        "#clear Acquire::Languages; | true",
        "Acquire::http { Proxy \"http://a.example.org/{};\"; }; Acquire::Languages:: \"de\"; | true",
        "// Acquire::Languages \"none\"; | false",
        "# Acquire::Languages \"none\"; | false",
        "/* Acquire::Languages \"none\"; */ Acquire::Retries \"3\"; | false",
        "Acquire { Retries \"3\"; }; Languages \"none\"; | false",
        "Acquire::LanguagesOfMine \"none\"; | false",
        "Acquire::Retries \"Acquire::Languages\"; | false",
        "Dir { Cache \"x\" { pkgcache \"y\"; } }; Acquire::Languages \"de\"; | true",
      })
  void aSettingIsDecidedIfAnotherFileSetsItsOption(String text, boolean decided) throws Exception {
    AptSetting languages = AptSetting.languages(List.of("none"));
    root.write("etc/apt/apt.conf.d/00mine", text + "\n");
    assertEquals(decided, languages.isDecidedIn(root));
    root.delete("etc/apt/apt.conf.d/00mine");
    root.write("etc/apt/apt.conf", text + "\n");
    assertEquals(decided, languages.isDecidedIn(root));
  }

  @Test
  void nothingIsDecidedInAnImageWithoutConfiguration() throws Exception {
    root.write("etc/apt/apt.conf.d/01autoremove", "APT { NeverAutoRemove { \"^linux-.*\"; }; };\n");
    for (AptSetting setting :
        List.of(
            AptSetting.clean(),
            AptSetting.gzipIndexes(),
            AptSetting.autoremoveSuggests(),
            AptSetting.languages(List.of("none")))) {
      assertEquals(false, setting.isDecidedIn(root), setting.text());
      setting.write(root, "it");
      assertEquals(true, setting.isDecidedIn(root), setting.text());
      root.delete("etc/apt/apt.conf.d/it");
    }
  }
}
