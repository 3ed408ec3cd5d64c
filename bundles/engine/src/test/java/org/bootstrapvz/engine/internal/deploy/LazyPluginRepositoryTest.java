/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.framework.FrameworkFactory;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
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
  void withoutAnAddressItSaysWhereToConfigureOne() {
    assertEquals(
        "No plugin repository is configured; set one with --repository=DIRECTORY|URL, or in "
            + settings
            + " (repositories = ...)",
        problem());
    assertFalse(repository.isOffered(Kind.PLUGIN, "note", List.of()));
  }

  @Test
  void withoutItsBundlesItSaysThatTheInstallerIsMissing() throws Exception {
    String missing =
        "The plugin installer is missing: the distribution has no directory "
            + home.resolve("installer");
    assertEquals(missing, problem("/srv/plugins"));
    Files.writeString(settings, "repositories = /srv/plugins\n");
    assertEquals(missing, problem());
    assertFalse(repository.isOffered(Kind.PLUGIN, "note", List.of()));
  }

  @Test
  void aBundleThatDoesNotStartIsReported() throws Exception {
    Path jar = Files.createDirectory(home.resolve("installer")).resolve("half.jar");
    Files.writeString(jar, "half of a jar");
    assertEquals("The plugin installer does not start", problem("/srv/plugins").split(":")[0]);
  }

  @Test
  void addressesAreSeparatedByCommasAndChangesApplyAtOnce() throws Exception {
    PluginSettings read = new PluginSettings(settings);
    Files.writeString(settings, "repositories = /srv/my plugins, https://example.org/ ,\n");
    assertEquals(List.of("/srv/my plugins", "https://example.org/"), read.repositories());
    assertEquals(Optional.empty(), read.signers());
    Files.writeString(settings, "signers = signers.pem\n");
    assertEquals(List.of(), read.repositories());
    assertEquals(Optional.of(settings.resolveSibling("signers.pem")), read.signers());
    Files.writeString(settings, "signers = \\u12\n");
    assertEquals(
        settings + ":1: Malformed \\uxxxx encoding.",
        assertThrows(IOException.class, read::signers).getMessage());
  }

  /** A repository whose look-up runs some code; its uses are counted. */
  private AtomicInteger register(Callable<Boolean> lookup) {
    AtomicInteger inUse = new AtomicInteger();
    PluginRepository service =
        (PluginRepository)
            Proxy.newProxyInstance(
                PluginRepository.class.getClassLoader(),
                new Class<?>[] {PluginRepository.class},
                (proxy, method, arguments) ->
                    method.getName().equals("isOffered") ? lookup.call() : List.of());
    framework
        .getBundleContext()
        .registerService(
            PluginRepository.class,
            new PrototypeServiceFactory<>() {
              @Override
              public PluginRepository getService(
                  Bundle bundle, ServiceRegistration<PluginRepository> registration) {
                inUse.incrementAndGet();
                return service;
              }

              @Override
              public void ungetService(
                  Bundle bundle,
                  ServiceRegistration<PluginRepository> registration,
                  PluginRepository released) {
                inUse.decrementAndGet();
              }
            },
            new Hashtable<>(Map.of("bootstrapvz.installer", true)));
    return inUse;
  }

  @Test
  void theServiceIsReleasedAfterEachCall() throws Exception {
    AtomicInteger inUse = register(() -> true);
    assertEquals(List.of(), repository.offers(List.of("/srv/plugins"), warning -> {}));
    assertEquals(0, inUse.get());
    assertTrue(repository.isOffered(Kind.PLUGIN, "note", List.of("/srv/plugins")));
    assertEquals(0, inUse.get());
  }

  @Test
  @FailOnStall
  void aLookUpThatHangsFindsNothing() {
    CountDownLatch never = new CountDownLatch(1);
    register(
        () -> {
          never.await();
          return true;
        });
    LazyPluginRepository impatient =
        new LazyPluginRepository(
            framework.getBundleContext(), Duration.ofMinutes(1), Duration.ofMillis(1));
    assertFalse(impatient.isOffered(Kind.PLUGIN, "note", List.of("/srv/plugins")));
  }
}
