/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.resolver.Logger;
import org.apache.felix.resolver.ResolverImpl;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.api.repository.SignerCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

class IndexedRepositoryTest {
  @TempDir private Path folder;
  private Path plugins;
  private Path deploy;
  private Framework framework;
  private IndexedRepository repository;

  /** The reason why the deploy directory refuses files with this suffix. */
  private final Map<String, String> refusals = new TreeMap<>();

  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void startAFrameworkWithTheFirstApi() throws Exception {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    deploy = folder.resolve("deploy");
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage", folder.resolve("cache").toString(),
                    "org.osgi.framework.storage.clean", "onFirstInit",
                    "org.osgi.framework.bsnversion", "multiple",
                    "bootstrapvz.deploy", deploy.toString(),
                    "bootstrapvz.state", folder.resolve("state").toString()));
    framework.start();
    Path api =
        new Sample("org.bootstrapvz.api", "1.0.0")
            .put("Export-Package", "org.bootstrapvz.api.task;version=1.2.0")
            .in(folder);
    Path ours = Sample.plugin("ours", "1.0.0").in(folder);
    BundleContext context = framework.getBundleContext();
    context.installBundle("reference:" + api.toUri());
    context.installBundle("reference:" + ours.toUri());
    repository =
        new IndexedRepository(
            context,
            new ResolverImpl(new Logger(Logger.LOG_ERROR)),
            jar ->
                refusals.keySet().stream()
                    .filter(end -> jar.toString().endsWith(end))
                    .findFirst()
                    .map(refusals::get),
            new TestSigners(SignerCheck.Indexes.UNVERIFIED, List.of()));
  }

  @AfterEach
  void stopTheFramework() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  /** Does the work of the engine: installs the files of the deploy directory as bundles. */
  private void restart() throws Exception {
    BundleContext context = framework.getBundleContext();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getLocation().startsWith("plugin:")) {
        bundle.uninstall();
      }
    }
    for (String file : deployed()) {
      byte[] content = Files.readAllBytes(deploy.resolve(file));
      String sha256 =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      context.installBundle(
          "plugin:" + file + "#" + sha256, Files.newInputStream(deploy.resolve(file)));
    }
    framework.adapt(FrameworkWiring.class).resolveBundles(null);
  }

  private List<String> deployed() throws IOException {
    try (Stream<Path> files = Files.list(deploy)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(".installed"))
          .sorted()
          .toList();
    }
  }

  private void index() throws Exception {
    repository.index(plugins, Optional.empty(), notes::add);
  }

  private List<InstalledJar> install(String... wanted) throws Exception {
    return repository.install(List.of(wanted), List.of(plugins.toString()), notes::add);
  }

  private String refusal(String... wanted) throws Exception {
    List<String> before = Files.exists(deploy) ? deployed() : List.of();
    String message = assertThrows(RepositoryException.class, () -> install(wanted)).getMessage();
    assertEquals(before, deployed(), "nothing was installed");
    return message;
  }

  private String refusalOf(String address) {
    return assertThrows(
            RepositoryException.class, () -> repository.offers(List.of(address), notes::add))
        .getMessage();
  }

  // --- list ---

  @Test
  void allPluginsAndProvidersAreListedTheLatestVersionFirst() throws Exception {
    Sample.plugin("note", "1.9.0").put("Bundle-Description", "Writes a note").in(plugins);
    Sample.plugin("note", "1.10.0").in(plugins);
    new Sample("org.acme.cloud", "2.0.0")
        .put("Provide-Capability", "org.bootstrapvz.provider;org.bootstrapvz.provider=cloud")
        .in(plugins);
    new Sample("org.acme.lib", "1.0.0").in(plugins);
    index();
    assertEquals(
        List.of(
            new Offer(Kind.PROVIDER, "cloud", "2.0.0", "", "org.acme.cloud"),
            new Offer(Kind.PLUGIN, "note", "1.10.0", "", "org.acme.note"),
            new Offer(Kind.PLUGIN, "note", "1.9.0", "Writes a note", "org.acme.note")),
        repository.offers(List.of(plugins.toString()), notes::add));
    assertEquals(List.of(), notes);
  }

  @Test
  void typesOfVolumesAreListedFoundAndInstalledByTheirNames() throws Exception {
    new Sample("org.acme.hyperv", "1.0.0")
        .put(
            "Provide-Capability",
            "org.bootstrapvz.bootloader;org.bootstrapvz.bootloader=lilo,"
                + "org.bootstrapvz.imageformat;org.bootstrapvz.imageformat=vhdx,"
                + "org.bootstrapvz.filesystem;org.bootstrapvz.filesystem=f2fs")
        .in(plugins);
    index();
    List<String> address = List.of(plugins.toString());

    assertEquals(
        List.of(
            new Offer(Kind.BOOTLOADER, "lilo", "1.0.0", "", "org.acme.hyperv"),
            new Offer(Kind.IMAGE_FORMAT, "vhdx", "1.0.0", "", "org.acme.hyperv"),
            new Offer(Kind.FILESYSTEM, "f2fs", "1.0.0", "", "org.acme.hyperv")),
        repository.offers(address, notes::add));
    assertTrue(repository.isOffered(Kind.IMAGE_FORMAT, "vhdx", address));
    assertFalse(repository.isOffered(Kind.BOOTLOADER, "vhdx", address));
    assertFalse(repository.isOffered(Kind.BUNDLE, "vhdx", address));
    install("vhdx");
    assertEquals(List.of("org.acme.hyperv.jar"), deployed());
  }

  @Test
  void aJarThatCannotBeDeployedIsSkippedInTheIndexWithTheReason() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    Path fragment =
        new Sample("org.acme.fragment", "1.0.0").put("Fragment-Host", "org.acme.note").in(plugins);
    Path half = Files.writeString(plugins.resolve("half.jar"), "half of a jar");
    Path plain = plugins.resolve("plain.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(plain), new Manifest())) {
      jar.finish();
    }
    index();
    String reason =
        " is skipped: it is not a bundle, or it is a fragment, or it was copied only in part";
    assertEquals(List.of(half + reason, fragment + reason, plain + reason), notes);
    assertEquals(1, repository.offers(List.of(plugins.toString()), notes::add).size());
  }

  @Test
  void oneIndexThatCannotBeReadDoesNotHideTheOthers() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    Path none = folder.resolve("none/index.xml");
    List<Offer> offers =
        repository.offers(List.of(none.toString(), plugins.toString()), notes::add);
    assertEquals(1, offers.size());
    assertEquals(
        List.of(
            "There is no index "
                + none
                + "; bootstrap-vz plugins index "
                + none.getParent()
                + " creates one"),
        notes);
  }

  // --- install ---

  @Test
  void aPluginIsInstalledFromAFolderAndRemovedAgain() throws Exception {
    Path jar = Sample.plugin("note", "1.0.0").in(plugins);
    index();
    Path target = deploy.resolve("org.acme.note.jar");
    List<InstalledJar> expected = List.of(new InstalledJar(target, "org.acme.note", "1.0.0", true));
    assertEquals(expected, install("note"));
    assertEquals(-1, Files.mismatch(jar, target));
    restart();
    assertEquals(expected, repository.remove(List.of("note")));
    assertEquals(List.of(), deployed());
  }

  @Test
  void dependenciesAreInstalledAndRemovedWithTheLastBundleThatNeedsThem() throws Exception {
    new Sample("org.acme.lib", "1.0.0").put("Export-Package", "org.acme.lib;version=1").in(plugins);
    for (String name : List.of("note", "sign")) {
      Sample.plugin(name, "1.0.0").importing("org.acme.lib;version=\"[1,2)\"").in(plugins);
    }
    index();
    List<InstalledJar> installed = install("note");
    assertEquals(
        List.of("org.acme.lib false", "org.acme.note true"),
        installed.stream().map(jar -> jar.bundle() + " " + jar.asked()).toList());
    restart();
    assertEquals(1, install("sign").size());
    restart();
    assertEquals(1, repository.remove(List.of("note")).size());
    restart();
    assertEquals(
        List.of("org.acme.sign", "org.acme.lib"),
        repository.remove(List.of("sign")).stream().map(InstalledJar::bundle).toList());
    assertEquals(List.of(), deployed());
  }

  @Test
  void aDependencyThatIsRequestedLaterIsNoLongerOnlyADependency() throws Exception {
    new Sample("org.acme.lib", "1.0.0").put("Export-Package", "org.acme.lib;version=1").in(plugins);
    Sample.plugin("note", "1.0.0").importing("org.acme.lib").in(plugins);
    index();
    install("note");
    restart();
    assertEquals(List.of(), install("org.acme.lib"));
    repository.remove(List.of("note"));
    assertEquals(List.of("org.acme.lib.jar"), deployed());
  }

  @Test
  void aPluginThatNeedsAnotherInstallsItAndKeepsIt() throws Exception {
    Sample.plugin("base", "1.0.0").in(plugins);
    Sample.plugin("more", "1.0.0")
        .put(
            "Require-Capability",
            "org.bootstrapvz.plugin;filter:=\"(org.bootstrapvz.plugin=base)\"")
        .in(plugins);
    index();
    assertEquals(2, install("more").size());
    restart();
    assertEquals(
        "org.acme.base is needed by org.acme.more; remove that, too",
        assertThrows(RepositoryException.class, () -> repository.remove(List.of("base")))
            .getMessage());
    assertEquals(2, repository.remove(List.of("base", "more")).size());
  }

  @ParameterizedTest
  @CsvSource({
    "note, 2.0.0",
    "note@1.0.0, 1.0.0",
    "'note@[1,2)', 1.5.0",
    "org.acme.note@1.5, 1.5.0"
  })
  void theLatestVersionIsInstalledUnlessAnotherIsRequested(String wanted, String version)
      throws Exception {
    for (String each : List.of("1.0.0", "1.5.0", "2.0.0")) {
      Sample.plugin("note", each).in(plugins);
    }
    index();
    assertEquals(version, install(wanted).get(0).version());
  }

  @Test
  void aLaterVersionReplacesTheInstalledOneInItsFile() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    install("note");
    restart();
    Path later = Sample.plugin("note", "1.1.0").in(plugins);
    index();
    assertEquals("1.1.0", install("note").get(0).version());
    assertEquals(List.of("org.acme.note.jar"), deployed());
    assertEquals(-1, Files.mismatch(later, deploy.resolve("org.acme.note.jar")));
    restart();
    Files.delete(later);
    index();
    assertEquals(List.of(), install("note"), "no way back unless asked");
    assertEquals(
        "note is installed already: 1.1.0 in " + deploy.resolve("org.acme.note.jar"),
        notes.get(notes.size() - 1));
    assertEquals("1.0.0", install("note@1.0.0").get(0).version());
  }

  @Test
  void aVersionThatWouldBreakAnInstalledPluginDoesNotReplaceTheOneItUses() throws Exception {
    Sample.plugin("base", "1.0.0").put("Export-Package", "org.acme.base;version=1").in(plugins);
    Sample.plugin("more", "1.0.0").importing("org.acme.base;version=\"[1,2)\"").in(plugins);
    index();
    install("base", "more");
    restart();
    Sample.plugin("base", "2.0.0").put("Export-Package", "org.acme.base;version=2").in(plugins);
    index();
    assertEquals(List.of(), install("base"));
    assertEquals(
        List.of(
            "org.acme.base 2.0.0 cannot be installed: the installed org.acme.more 1.0.0 imports the"
                + " package org.acme.base in version 1.0.0 or later but before 2.0.0, but there is"
                + " only 2.0.0"),
        notes);
    assertEquals(List.of("org.acme.base.jar", "org.acme.more.jar"), deployed());
  }

  @Test
  void theLatestVersionForThisApiIsInstalledAndTheOneForALaterIsNamed() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    Sample.plugin("note", "2.0.0")
        .put("Import-Package", "org.bootstrapvz.api.task;version=\"[2.3,3)\"")
        .in(plugins);
    index();
    assertEquals("1.0.0", install("note").get(0).version());
    assertEquals(
        List.of(
            "org.acme.note 2.0.0 cannot be installed: it imports the package"
                + " org.bootstrapvz.api.task in version 2.3.0 or later but before 3.0.0, but"
                + " there is only 1.2.0"),
        notes);
  }

  @Test
  void theNextInstallationDeletesFilesOfAKilledOne() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    Files.createDirectories(deploy.resolve(".installed.work"));
    Files.writeString(deploy.resolve(".installed.work/half.jar"), "half");
    install("note");
    assertFalse(Files.exists(deploy.resolve(".installed.work")));
  }

  // --- errors ---

  @Test
  void aPluginThatNeedsAnotherApiIsRefusedWithBothVersions() throws Exception {
    Sample.plugin("note", "1.0.0")
        .put("Import-Package", "org.bootstrapvz.api.task;version=\"[2.3,3)\"")
        .in(plugins);
    index();
    assertEquals(
        "org.acme.note 1.0.0 cannot be installed: it imports the package"
            + " org.bootstrapvz.api.task in version 2.3.0 or later but before 3.0.0, but there is"
            + " only 1.2.0",
        refusal("note"));
  }

  @Test
  void aPluginIsRefusedForAnUnsatisfiedRequirementOfADependency() throws Exception {
    Sample.plugin("base", "1.0.0").importing("org.gpg").in(plugins);
    Sample.plugin("more", "1.0.0")
        .put(
            "Require-Capability",
            "org.bootstrapvz.plugin;filter:=\"(org.bootstrapvz.plugin=base)\"")
        .in(plugins);
    index();
    assertEquals(
        "org.acme.more 1.0.0 cannot be installed: it needs org.acme.base 1.0.0, which imports the"
            + " package org.gpg, which is neither installed nor in the index",
        refusal("more"));
  }

  @Test
  void aPluginForALaterJavaIsRefused() throws Exception {
    Sample.plugin("note", "1.0.0")
        .put("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"")
        .in(plugins);
    index();
    assertEquals(
        "org.acme.note 1.0.0 cannot be installed: it requires JavaSE in version 99; this is Java "
            + Runtime.version().feature(),
        refusal("note"));
  }

  @Test
  void aNameThatNoIndexHasIsRefusedWithTheNearest() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    assertEquals(
        "No index has anything named \"notes\". Did you mean \"note\"? There are" + " note",
        refusal("notes"));
  }

  @Test
  void anUnknownVersionIsRefusedWithTheAvailableOnes() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    Sample.plugin("note", "1.1.0").in(plugins);
    index();
    assertEquals("There is no note [2,3); there is 1.1.0, 1.0.0", refusal("note@[2,3)"));
    assertTrue(refusal("note@new").startsWith("\"new\" is not a version"));
  }

  @Test
  void aWrongChecksumInTheIndexIsDetected() throws Exception {
    Path jar = Sample.plugin("note", "1.0.0").in(plugins);
    index();
    byte[] content = Files.readAllBytes(jar);
    content[content.length - 1] ^= 1;
    Files.write(jar, content);
    String message = refusal("note");
    assertTrue(
        message.startsWith(
            "org.acme.note 1.0.0 does not match the index "
                + plugins.resolve("index.xml")
                + ": the SHA-256 of "
                + jar
                + " is "),
        message);
  }

  @Test
  void aWrongSizeInTheIndexIsDetected() throws Exception {
    Path jar = Sample.plugin("note", "1.0.0").in(plugins);
    index();
    long size = Files.size(jar);
    Files.write(jar, new byte[100], StandardOpenOption.APPEND);
    assertEquals(jar + " has more than the " + size + " bytes it may have", refusal("note"));
  }

  @Test
  void aWrongNameInTheIndexIsDetected() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    Path index = plugins.resolve("index.xml");
    Files.writeString(
        index, Files.readString(index).replace("\"org.acme.note\"", "\"org.acme.other\""));
    assertEquals(
        "org.acme.other 1.0.0 does not match the index "
            + index
            + ": the jar is org.acme.note 1.0.0",
        refusal("note"));
  }

  @Test
  void aMissingJarIsNamed() throws Exception {
    Path jar = Sample.plugin("note", "1.0.0").in(plugins);
    index();
    Files.delete(jar);
    assertEquals("There is no file " + jar, refusal("note"));
  }

  @Test
  void aJarThatTheDeployDirectoryWouldRefuseIsNotInstalled() throws Exception {
    Path jar = Sample.plugin("note", "1.0.0").in(plugins);
    index();
    refusals.put("1.0.0.jar", "is not signed");
    assertEquals("org.acme.note 1.0.0 is refused: " + jar + " is not signed", refusal("note"));
  }

  @Test
  void oneBadJarOfSeveralMeansThatNoneIsInstalled() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    Path bad = Sample.plugin("sign", "1.0.0").in(plugins);
    index();
    Files.delete(bad);
    refusal("note", "sign");
  }

  @Test
  void bundlesOfTheDistributionAreNotChanged() throws Exception {
    Sample.plugin("ours", "2.0.0").in(plugins);
    index();
    assertEquals("ours is part of bootstrap-vz: the bundle org.acme.ours 1.0.0", refusal("ours"));
    assertEquals(
        "ours is part of bootstrap-vz and cannot be removed: the bundle org.acme.ours",
        assertThrows(RepositoryException.class, () -> repository.remove(List.of("ours")))
            .getMessage());
  }

  @Test
  void jarsCopiedByHandAreNotChanged() throws Exception {
    Path old = Sample.plugin("note", "1.0.0").in(folder.resolve("other"));
    Files.createDirectories(deploy);
    Path byHand = Files.copy(old, deploy.resolve("mine.jar"));
    restart();
    Sample.plugin("note", "2.0.0").in(plugins);
    index();
    assertEquals(byHand + " was copied there by hand; delete it first", refusal("note"));
    assertEquals(
        byHand + " was copied there by hand; delete it in the same way",
        assertThrows(RepositoryException.class, () -> repository.remove(List.of("note")))
            .getMessage());
  }

  @Test
  void aPluginThatIsNotInstalledCannotBeRemoved() {
    assertEquals(
        "No plugin, provider or bundle note is installed",
        assertThrows(RepositoryException.class, () -> repository.remove(List.of("note")))
            .getMessage());
  }

  @Test
  void aBundleWhoseNameWouldLeaveTheDirectoryIsNotListed() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    Path index = plugins.resolve("index.xml");
    Files.writeString(
        index, Files.readString(index).replace("\"org.acme.note\"", "\"../org.acme.note\""));
    assertEquals(List.of(), repository.offers(List.of(plugins.toString()), notes::add));
  }

  // --- invalid indexes ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "<html><body>Not found</body></html>",
        "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0'><resource>",
        "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0'><thing/></repository>",
        "<repository xmlns='http://example.org/other'/>",
        "<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><repository>&e;</repository>",
        "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0'>"
            + "<referral url='http://127.0.0.1:1/index.xml'/></repository>"
      })
  void anInvalidIndexIsNamed(String text) throws Exception {
    Path index = Files.writeString(plugins.resolve("index.xml"), text);
    String message = refusalOf(plugins.toString());
    assertTrue(message.startsWith(index + " is not an index of an OSGi repository ("), message);
    assertTrue(message.endsWith("); bootstrap-vz plugins index DIRECTORY creates one"), message);
    assertFalse(message.contains("Exception"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://127.0.0.1/index.xml, 'ftp://127.0.0.1/index.xml is not a repository address;"
        + " write a directory, or http(s)://HOST/PATH'",
    "http://me:se cret@host/, The repository address is not a valid URL: error at character 8",
    "http:///index.xml, 'The repository address has no host; write a directory, or http(s)://HOST/PATH'"
  })
  void anInvalidAddressIsNamedWithoutItsPassword(String address, String expected) {
    String message = refusalOf(address);
    assertFalse(message.contains("cret"), message);
    assertEquals(expected, message);
  }

  // --- network ---

  @Test
  void aPluginIsInstalledFromAServer() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    try (FileServer web = new FileServer(plugins)) {
      repository.install(List.of("note"), List.of(web.address()), notes::add);
      assertEquals(List.of("org.acme.note.jar"), deployed());
      assertEquals(List.of("/index.xml", "/org.acme.note-1.0.0.jar"), web.requests);
    }
  }

  @Test
  void aServerThatDoesNotAnswerOrHasNoIndexIsNamed() throws Exception {
    FileServer web = new FileServer(plugins);
    String address = web.address();
    assertEquals(address + "index.xml cannot be fetched: the status is 404", refusalOf(address));
    web.stop();
    assertEquals(address + "index.xml cannot be fetched: connection refused", refusalOf(address));
  }

  @Test
  void aPasswordIsOnlySentToItsServerAndNeverShown() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    try (FileServer other = new FileServer(plugins).guardedBy("another");
        FileServer web = new FileServer(plugins).guardedBy("sec:ret")) {
      String address = web.address().replace("//", "//me:sec%3Aret@");
      assertEquals(1, repository.offers(List.of(address), notes::add).size());
      web.redirectingJarsTo(other.address());
      String message =
          assertThrows(
                  RepositoryException.class,
                  () -> repository.install(List.of("note"), List.of(address), notes::add))
              .getMessage();
      assertFalse(message.contains("ret") || message.contains("me:"), message);
      assertEquals(List.of(), other.requests, "no credentials were sent");
      String wrong = web.address().replace("//", "//me:wrong@");
      assertFalse(refusalOf(wrong).contains("wrong"), refusalOf(wrong));
    }
  }

  @Test
  void theIndexOfAServerMustNotNameFilesOfThisHost() throws Exception {
    Path jar = Sample.plugin("note", "1.0.0").in(plugins);
    index();
    Path index = plugins.resolve("index.xml");
    Files.writeString(
        index,
        Files.readString(index).replace("\"org.acme.note-1.0.0.jar\"", "\"" + jar.toUri() + "\""));
    try (FileServer web = new FileServer(plugins)) {
      assertEquals(
          web.address() + "index.xml names a file where it may not: at " + jar,
          assertThrows(
                  RepositoryException.class,
                  () -> repository.install(List.of("note"), List.of(web.address()), notes::add))
              .getMessage());
    }
  }

  // --- planning ---

  @Test
  void aPlanFindsAPluginInADirectory() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    assertTrue(repository.isOffered(Kind.PLUGIN, "note", List.of(plugins.toString())));
    assertFalse(repository.isOffered(Kind.PROVIDER, "note", List.of(plugins.toString())));
    assertFalse(repository.isOffered(Kind.PLUGIN, "notes", List.of(plugins.toString())));
  }

  @Test
  void aPlanUsesTheNetworkOnceADay() throws Exception {
    Sample.plugin("note", "1.0.0").in(plugins);
    index();
    try (FileServer web = new FileServer(plugins)) {
      List<String> address = List.of(web.address());
      assertTrue(repository.isOffered(Kind.PLUGIN, "note", address));
      assertTrue(repository.isOffered(Kind.PLUGIN, "note", address));
      assertEquals(1, web.requests.size());
      Path copy;
      try (Stream<Path> copies = Files.list(folder.resolve("state/repositories"))) {
        copy = copies.findFirst().orElseThrow();
      }
      Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minusSeconds(90_000)));
      assertTrue(repository.isOffered(Kind.PLUGIN, "note", address));
      assertEquals(2, web.requests.size());
      Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minusSeconds(90_000)));
      web.stop();
      assertTrue(
          repository.isOffered(Kind.PLUGIN, "note", address), "the old copy is better than none");
    }
  }

  @Test
  void aPlanIgnoresInvalidRepositories() throws Exception {
    Files.write(plugins.resolve("index.xml"), "hello".getBytes(StandardCharsets.UTF_8));
    assertFalse(
        repository.isOffered(
            Kind.PLUGIN,
            "note",
            List.of(
                plugins.toString(),
                folder.resolve("none").toString(),
                "http://127.0.0.1:1/",
                "ftp://x y")));
  }
}
