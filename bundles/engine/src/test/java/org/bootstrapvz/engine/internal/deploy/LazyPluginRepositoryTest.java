/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.FrameworkFactory;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.repository.RepositoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

class LazyPluginRepositoryTest {
  @TempDir private Path home;
  private Path settings;
  private Framework framework;
  private LazyPluginRepository repository;

  @BeforeEach
  void startTheFramework() throws BundleException, IOException {
    settings = Files.createDirectory(home.resolve("conf")).resolve("plugins.properties");
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage", home.resolve("cache").toString(),
                    "bootstrapvz.home", home.toString(),
                    "felix.log.level", "0"));
    framework.start();
    repository = new LazyPluginRepository(framework.getBundleContext());
  }

  @AfterEach
  void stopTheFramework() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
  }

  private String problem(String... addresses) {
    return assertThrows(
            RepositoryException.class, () -> repository.offers(List.of(addresses), warning -> {}))
        .getMessage();
  }

  @Test
  void withoutAnAddressItSaysWhereOneIsWritten() {
    assertEquals(
        "No repository of plugins is known; name one with --repository=FOLDER|URL, or in "
            + settings
            + " (repositories = ...)",
        problem());
    assertFalse(repository.isOffered(Kind.PLUGIN, "note", List.of()));
  }

  @Test
  void withoutItsBundlesItSaysWhatIsMissing() throws Exception {
    String missing =
        "What installs plugins is missing: the folder "
            + home.resolve("installer")
            + " of the distribution";
    assertEquals(missing, problem("/srv/plugins"));
    Files.writeString(settings, "repositories = /srv/plugins\n");
    assertEquals(missing, problem());
    assertFalse(repository.isOffered(Kind.PLUGIN, "note", List.of()));
  }

  @Test
  void aBundleThatDoesNotStartIsNoRepository() throws Exception {
    Path jar = Files.createDirectory(home.resolve("installer")).resolve("half.jar");
    Files.writeString(jar, "half of a jar");
    assertEquals("What installs plugins does not start", problem("/srv/plugins").split(":")[0]);
  }

  @Test
  void addressesAreSeparatedByCommasAndChangesHoldAtOnce() throws Exception {
    PluginSettings read = new PluginSettings(settings);
    Files.writeString(settings, "repositories = /srv/my plugins, https://example.org/ ,\n");
    assertEquals(List.of("/srv/my plugins", "https://example.org/"), read.repositories());
    assertEquals(Optional.empty(), read.signers());
    Files.writeString(settings, "signers = signers.pem\n");
    assertEquals(List.of(), read.repositories());
    assertEquals(Optional.of(settings.resolveSibling("signers.pem")), read.signers());
    Files.writeString(settings, "signers = \\u12\n");
    assertEquals(
        settings + ": Malformed \\uxxxx encoding.",
        assertThrows(IOException.class, read::signers).getMessage());
  }
}
