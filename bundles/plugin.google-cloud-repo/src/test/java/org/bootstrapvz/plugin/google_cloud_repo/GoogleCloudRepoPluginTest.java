/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;

class GoogleCloudRepoPluginTest extends PluginTest<GoogleCloudRepoPlugin> {
  private static final String KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n";
  private static final String OWN = "deb http://packages.cloud.google.com/apt cloud-sdk main";

  GoogleCloudRepoPluginTest() {
    super("google_cloud_repo", new GoogleCloudRepoPlugin(), new ManifestFiles());
  }

  @Test
  void theKeyIsDownloadedWithCurlUnlessItIsAFile() {
    TestTaskSet tasks = TestTaskSet.selectedBy(plugin, check("{}"));
    assertEquals("[curl (curl)]", tasks.commands().toString());

    tasks = TestTaskSet.selectedBy(plugin, check("{key: google.asc}"));
    assertEquals("[]", tasks.commands().toString());
  }

  @Test
  void theKeyIsWrittenWhereSourcesNameIt() throws Exception {
    TestBuild build = newBuild("{}");
    build.host().answering("curl", "-----BEGIN PGP PUBLIC KEY BLOCK-----", "", "AAAA");

    new AddGoogleCloudRepoKey().run(build);

    assertEquals(KEY, build.root().read("etc/apt/keyrings/google-cloud.asc"));
    assertFalse(build.root().exists("etc/apt/trusted.gpg.d/google-cloud.asc"));
  }

  @Test
  void theKeyIsValidForAllSourcesIfOneOfTheManifestNamesNone() throws Exception {
    TestManifest manifest =
        new TestManifest()
            .with("plugins.google_cloud_repo.key", "google.asc")
            .with("packages.sources.google-cloud", List.of(OWN))
            .withFile(directory.resolve("m.yml"));
    Files.writeString(directory.resolve("google.asc"), KEY);
    TestBuild build = new TestBuild(manifest, Files.createDirectory(directory.resolve("build")));

    new AddGoogleCloudRepoKey().run(build);
    assertEquals(KEY, build.root().read("etc/apt/trusted.gpg.d/google-cloud.asc"));

    new CleanupBootstrapRepoKey().run(build);
    assertTrue(build.root().exists("etc/apt/trusted.gpg.d/google-cloud.asc"));
    assertTrue(build.warnings().get(0).contains("brought no key"), build.warnings().toString());

    build.root().write("etc/apt/trusted.gpg.d/google-cloud-packages-archive-keyring.gpg", "");
    new CleanupBootstrapRepoKey().run(build);
    assertFalse(build.root().exists("etc/apt/trusted.gpg.d/google-cloud.asc"));
    assertTrue(build.root().exists("etc/apt/keyrings/google-cloud.asc"));
  }

  @Test
  void aDownloadThatIsNoKeyIsAnErrorThatNamesTheAddress() throws Exception {
    TestBuild build = newBuild("{}");
    build.host().answering("curl", "<html>");

    assertEquals(
        "https://packages.cloud.google.com/apt/doc/apt-key.gpg is not an armoured OpenPGP key: it"
            + " has no line -----BEGIN PGP PUBLIC KEY BLOCK-----",
        assertThrows(BuildException.class, () -> new AddGoogleCloudRepoKey().run(build))
            .getMessage());
  }

  @Test
  void aDownloadThatFailsNamesTheSettingForAFile() throws Exception {
    TestBuild build = newBuild("{}");
    build.host().failing("curl", 6, "curl: (6) Could not resolve host");

    String message =
        assertThrows(BuildException.class, () -> new AddGoogleCloudRepoKey().run(build))
            .getMessage();
    assertTrue(message.contains("plugins.google_cloud_repo.key"), message);
  }

  @Test
  void sourcesAndPackagesAreThoseOfTheRelease() throws Exception {
    TestBuild build = newBuild("{enable_keyring_repo: true, guest_environment: true}");

    new AddGoogleCloudRepoKeyringRepo().run(build);
    new AddGuestEnvironment().run(build);
    new InstallGoogleCloudRepoKeyringPackage().run(build);

    String start =
        "deb [signed-by=/etc/apt/keyrings/google-cloud.asc] http://packages.cloud.google.com/apt ";
    assertEquals(
        List.of(
            start + "google-cloud-packages-archive-keyring-trixie main",
            start + "google-compute-engine-trixie-stable main"),
        build.all(Source.class).stream().map(Source::line).toList());
    assertEquals(
        List.of(
            "google-compute-engine",
            "google-osconfig-agent",
            "google-cloud-packages-archive-keyring"),
        build.all(PackageRequest.class).stream().map(PackageRequest::name).toList());
  }

  @Test
  void fromTrixieOnASourceShouldNameItsKey() {
    checker.check(
        """
        name: debian
        provider: {name: gce}
        bootstrapper: {workspace: /target}
        system: {release: trixie, architecture: amd64, bootloader: grub, charmap: UTF-8, locale: en_US, timezone: UTC}
        volume: {backing: raw, partitions: {type: gpt, root: {filesystem: ext4, size: 10GiB}}}
        packages: {sources: {google-cloud: ['deb http://packages.cloud.google.com/apt cloud-sdk main']}}
        plugins:
          google_cloud_repo: {}
        """,
        plugin,
        "plugins.google_cloud_repo");

    assertEquals(1, checker.problems().size(), checker.problems().toString());
    assertTrue(
        checker.problems().get(0).contains("The source does not name its key"),
        checker.problems().toString());
  }
}
