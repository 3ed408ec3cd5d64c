/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.locale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocaleTest {
  @TempDir Path folder;
  private final TestManifest manifest =
      new TestManifest()
          .with("system.locale", "de_DE")
          .with("system.charmap", "UTF-8")
          .with("system.timezone", "Europe/Berlin");
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
  }

  @Test
  void localeAndCharmapAreSelectedBeforeThePackageThatGeneratesThem() throws Exception {
    new LocaleBootstrapPackage().run(build);
    new GenerateLocale().run(build);

    assertEquals(
        List.of("locales", "tzdata"),
        build.all(PackageRequest.class).stream().map(PackageRequest::toString).toList());
    assertEquals("de_DE.UTF-8 UTF-8\n", build.root().read("etc/locale.gen"));
    assertEquals("LANG=de_DE.UTF-8\n", build.root().read("etc/default/locale"));
    assertEquals(List.of(), build.host().imageCommandLines());
  }

  @Test
  void theCharacterSetPrecedesAModifier() throws Exception {
    manifest.with("system.locale", "de_DE@euro").with("system.charmap", "ISO-8859-15");
    build.host().answering("locale --all-locales", "de_DE.iso885915@euro", "de_DE@euro");

    new GenerateLocale().run(build);
    new CheckLocale().run(build);

    assertEquals("de_DE.ISO-8859-15@euro ISO-8859-15\n", build.root().read("etc/locale.gen"));
    assertEquals("LANG=de_DE.ISO-8859-15@euro\n", build.root().read("etc/default/locale"));
  }

  @Test
  void anInstalledGeneratorIsRun() throws Exception {
    build.root().write("usr/sbin/locale-gen", "");

    new GenerateLocale().run(build);

    assertEquals(List.of("locale-gen"), build.host().imageCommandLines());
  }

  @Test
  void aLocaleThatWasGeneratedIsFoundHoweverItIsSpelt() throws Exception {
    build.host().answering("locale --all-locales", "C.utf8", "de_DE.utf8", "POSIX");

    new CheckLocale().run(build);

    manifest.with("system.charmap", "ISO-8859-1");
    assertEquals(
        "manifest.yml: system.locale: Debian knows no locale de_DE.ISO-8859-1; /usr/share/i18n/SUPPORTED lists those it has",
        assertThrows(BuildException.class, () -> new CheckLocale().run(build)).getMessage());
  }

  @Test
  void theDataOfTheTimeZoneIsThatOfTheImageNotOfTheBuildHost() throws Exception {
    build.root().write("usr/share/zoneinfo/Europe/Berlin", "of the image");

    new SetTimezone().run(build);
    new SetLocalTimeLink().run(build);

    assertEquals("Europe/Berlin\n", build.root().read("etc/timezone"));
    assertEquals(
        "/usr/share/zoneinfo/Europe/Berlin",
        Files.readSymbolicLink(folder.resolve("root/etc/localtime")).toString());
    assertEquals("of the image", build.root().read("etc/localtime"));
  }

  @Test
  void aTimeZoneThatIsMissingInTheImageIsReportedEvenIfTheBuildHostHasIt() {
    manifest.with("system.timezone", "UTC");

    assertEquals(
        "manifest.yml: system.timezone: there is no time zone UTC; the names are those of"
            + " /usr/share/zoneinfo, for example Europe/Berlin or UTC",
        assertThrows(BuildException.class, () -> new SetLocalTimeLink().run(build)).getMessage());
  }
}
