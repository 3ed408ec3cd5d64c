/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.testkit.StallDetector;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The bundles of the distribution, running in the container of the test with a separate deploy
 * directory.
 */
final class Platform {
  static final Path WORK =
      Path.of(System.getProperty("bootstrapvz.work")).toAbsolutePath().normalize();
  private static final int POLL_MILLIS = 100;
  static final Path DEPLOY = WORK.resolve("deploy");
  static final Path STATE = WORK.resolve("state");
  private static final Path BUNDLES =
      Path.of(System.getProperty("bootstrapvz.distribution"), "bundles")
          .toAbsolutePath()
          .normalize();
  private static final String API = "org.bootstrapvz.api.jar";
  private static final String CLI = "org.bootstrapvz.cli.";

  private final BundleContext context;
  private final List<Bundle> appliance = new ArrayList<>();

  private Platform(BundleContext context) {
    this.context = context;
  }

  /**
   * The setup of the launcher, for Pax Exam. Two versions of SLF4J: the bundles of Pax Exam need
   * the old one.
   */
  static Option options() {
    return options(POLL_MILLIS);
  }

  /** The same setup, with another poll interval of the deploy directory. */
  static Option options(int pollMillis) {
    List<Option> options = new ArrayList<>();
    options.add(junitBundles());
    // The methods of the tests use types of the API, so it must be installed before the test class
    // is loaded.
    options.add(bundle(BUNDLES.resolve(API).toUri().toString()));
    options.add(testkit());
    for (String name :
        List.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")) {
      options.add(systemPackages(name + ";version=1.7.36", name + ";version=2.0.20"));
    }
    options.add(frameworkProperty("org.osgi.framework.bsnversion").value("multiple"));
    options.add(frameworkProperty("bootstrapvz.state").value(STATE.toString()));
    options.add(frameworkProperty("bootstrapvz.home").value(BUNDLES.getParent().toString()));
    options.add(frameworkProperty("felix.fileinstall.dir").value(DEPLOY.toString()));
    options.add(frameworkProperty("felix.fileinstall.filter").value("[^.].*\\.jar"));
    options.add(frameworkProperty("felix.fileinstall.poll").value(Integer.toString(pollMillis)));
    options.add(frameworkProperty("felix.fileinstall.noInitialDelay").value("true"));
    options.add(frameworkProperty("felix.fileinstall.log.level").value("1"));
    return composite(options.toArray(new Option[0]));
  }

  /** The same setup for an appliance that reads its configuration from a directory. */
  static Option[] appliance(Path configuration, int pollMillis) {
    return new Option[] {
      options(pollMillis),
      frameworkProperty("bootstrapvz.conf").value(configuration.toString()),
      frameworkProperty("bootstrapvz.deploy").value(DEPLOY.toString()),
      frameworkProperty("org.apache.felix.http.require.config").value("true")
    };
  }

  /** The setup for an appliance that reads its configuration from a directory. */
  static Option[] appliance(Path configuration) {
    return appliance(configuration, POLL_MILLIS);
  }

  /** The testkit, which the distribution contains but does not start. */
  private static Option testkit() {
    Path folder = BUNDLES.resolveSibling("repository/org/bootstrapvz/testkit");
    try (Stream<Path> found = Files.walk(folder)) {
      Path jar = found.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      return bundle(jar.toUri().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Installs and starts all bundles, FileInstall last, and asserts that every one of them is
   * active.
   */
  static Platform start(BundleContext context) throws IOException, BundleException {
    clean(DEPLOY);
    Files.createDirectories(DEPLOY);
    List<Bundle> installed = new ArrayList<>();
    try (Stream<Path> jars = Files.list(BUNDLES)) {
      for (Path jar :
          jars.filter(path -> !isInstalledElsewhere(path.getFileName().toString()))
              .sorted(Comparator.comparing(path -> path.toString().contains("fileinstall") ? 1 : 0))
              .toList()) {
        installed.add(context.installBundle("reference:" + jar.toUri()));
      }
    }
    for (Bundle bundle : installed) {
      if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
        bundle.start();
      }
    }
    for (Bundle bundle : installed) {
      assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
    }
    return new Platform(context);
  }

  /**
   * The API is installed by the options; the command line needs the main thread of the launcher.
   */
  private static boolean isInstalledElsewhere(String file) {
    return file.equals(API) || file.startsWith(CLI);
  }

  /** Deletes a directory with all it contains, if it exists. */
  static void clean(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Installs and starts the bundles that only the appliance needs. */
  void startAppliance() throws IOException, BundleException {
    try (Stream<Path> jars = Files.list(BUNDLES.resolveSibling("appliance"))) {
      for (Path jar : jars.sorted().toList()) {
        appliance.add(context.installBundle("reference:" + jar.toUri()));
      }
    }
    for (Bundle bundle : appliance) {
      bundle.start();
    }
  }

  /**
   * Stops the bundles of the appliance, so that its log restores the handlers of the JVM while
   * those of Pax Exam, which other tests use, too, still work.
   */
  void stopAppliance() throws BundleException {
    Collections.reverse(appliance);
    for (Bundle bundle : appliance) {
      bundle.stop();
    }
  }

  /** Waits for a service of the platform. */
  <T> T service(Class<T> type) {
    ServiceReference<T> reference = context.getServiceReference(type);
    assertTrue("no service " + type.getName(), reference != null);
    return context.getService(reference);
  }

  /**
   * Moves a finished file into the deploy directory under this name, like a copy tool that renames
   * the file at the end.
   */
  static void deploy(Path file, String name) throws IOException {
    Files.move(
        file,
        DEPLOY.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Runs an action and waits until a service with these properties was registered. */
  void untilRegistered(String filter, Action action) throws Exception {
    CountDownLatch registered = new CountDownLatch(1);
    ServiceListener listener =
        event -> {
          if (event.getType() == ServiceEvent.REGISTERED) {
            registered.countDown();
          }
        };
    context.addServiceListener(listener, filter);
    try {
      action.run();
      await("registered: " + filter, registered);
    } finally {
      context.removeServiceListener(listener);
    }
  }

  /** Runs an action and waits until a matching bundle was uninstalled. */
  void untilUninstalled(Predicate<Bundle> wanted, Action action) throws Exception {
    CountDownLatch uninstalled = new CountDownLatch(1);
    BundleListener listener =
        event -> {
          if (event.getType() == BundleEvent.UNINSTALLED && wanted.test(event.getBundle())) {
            uninstalled.countDown();
          }
        };
    context.addBundleListener(listener);
    try {
      action.run();
      await("uninstalled", uninstalled);
    } finally {
      context.removeBundleListener(listener);
    }
  }

  /** Waits until the catalog lists an entry in a state. */
  ExtensionInfo awaitCatalog(String name, ExtensionInfo.State state) throws InterruptedException {
    return StallDetector.ofThisProcess()
        .first(
            () -> name + " is not " + state + ": " + extensions(),
            () ->
                extensions().stream()
                    .filter(info -> info.state() == state)
                    .filter(info -> info.name().contains(name) || info.bundle().contains(name))
                    .findFirst());
  }

  private List<ExtensionInfo> extensions() {
    return service(ExtensionCatalog.class).extensions();
  }

  /** Waits for a latch. */
  static void await(String what, CountDownLatch latch) throws InterruptedException {
    StallDetector.ofThisProcess()
        .await(() -> what, time -> latch.await(time.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** The filter for a task service with this description. */
  static String task(String description) {
    return "(&("
        + Constants.OBJECTCLASS
        + "=org.bootstrapvz.api.task.Task)(bootstrapvz.task.description="
        + description
        + "))";
  }

  /** Waits until the catalog lists no entry in a state. */
  void untilNothingIs(ExtensionInfo.State state) throws InterruptedException {
    StallDetector.ofThisProcess()
        .until(
            () -> extensions().toString(),
            () -> extensions().stream().noneMatch(info -> info.state() == state));
  }

  /** Waits until this number of bundles with this symbolic name is installed. */
  void untilThereAre(int count, String symbolicName) throws InterruptedException {
    StallDetector.ofThisProcess()
        .until(() -> bundles(symbolicName).toString(), () -> bundles(symbolicName).size() == count);
  }

  /** The bundles of this symbolic name. */
  List<Bundle> bundles(String symbolicName) {
    return Stream.of(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .toList();
  }

  /** An action that may throw. */
  interface Action {
    void run() throws Exception;
  }
}
