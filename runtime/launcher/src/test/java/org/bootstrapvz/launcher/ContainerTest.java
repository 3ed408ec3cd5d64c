/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Starts the real framework with small bundles. */
class ContainerTest {

  /**
   * The actions of bundles, in order; bundles can use this class because the system bundle exports
   * this package.
   */
  static final List<String> EVENTS = new ArrayList<>();

  @TempDir private Path folder;
  private Path bundles;

  /** Records that its bundle was started. */
  public static final class Recorder implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      EVENTS.add("start " + context.getBundle().getSymbolicName());
    }

    @Override
    public void stop(BundleContext context) {
      EVENTS.add("stop " + context.getBundle().getSymbolicName());
    }
  }

  /** Registers a command that returns the number of arguments. */
  public static final class Command implements BundleActivator {
    @Override
    public void start(BundleContext context) throws Exception {
      Supplier<?> arguments =
          context.getService(
              context
                  .getServiceReferences(Supplier.class, "(launcher.arguments=true)")
                  .iterator()
                  .next());
      Thread starting = Thread.currentThread();
      Callable<Integer> command =
          () -> Thread.currentThread() == starting ? ((List<?>) arguments.get()).size() : -1;
      context.registerService(
          Callable.class, command, new Hashtable<>(Map.of("main.thread", true)));
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Fails to start. */
  public static final class Failing implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      throw new IllegalStateException("the disk is full");
    }

    @Override
    public void stop(BundleContext context) {}
  }

  @BeforeEach
  void makeFolder() throws Exception {
    bundles = Files.createDirectory(folder.resolve("bundles of a test"));
    EVENTS.clear();
  }

  private void bundle(String name, String... headers) throws Exception {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    attributes.putValue(Constants.BUNDLE_VERSION, "1.0.0");
    for (int i = 0; i < headers.length; i += 2) {
      attributes.putValue(headers[i], headers[i + 1]);
    }
    try (OutputStream file = Files.newOutputStream(bundles.resolve(name + ".jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      jar.putNextEntry(new JarEntry("content"));
    }
  }

  private void activeBundle(String name, Class<?> activator) throws Exception {
    bundle(
        name,
        Constants.BUNDLE_ACTIVATOR,
        activator.getName(),
        Constants.IMPORT_PACKAGE,
        "org.osgi.framework,org.bootstrapvz.launcher");
  }

  private Container container(String... properties) throws Exception {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "org.osgi.framework.storage", folder.resolve("cache").toString(),
                "felix.log.level", "0",
                "org.osgi.framework.system.packages.extra", "org.bootstrapvz.launcher"));
    for (int i = 0; i < properties.length; i += 2) {
      all.put(properties[i], properties[i + 1]);
    }
    return new Container(all, new StartupTiming(false));
  }

  private int run(Container container, String... arguments) throws Exception {
    container.start(List.of(bundles), Arrays.asList(arguments));
    return container.command().call();
  }

  @Test
  void theCommandRunsOnTheMainThreadAndItsResultIsTheStatus() throws Exception {
    activeBundle("command", Command.class);
    try (Container container = container()) {
      assertEquals(2, run(container, "one", "two"));
    }
  }

  @Test
  void bundlesStartLevelByLevelAndStopInReverseOrder() throws Exception {
    activeBundle("a.last", Recorder.class);
    activeBundle("b.first", Recorder.class);
    activeBundle("c.middle", Recorder.class);
    try (Container container =
        container(
            "bootstrapvz.start", "3",
            "bootstrapvz.start.1", "b.",
            "bootstrapvz.start.8", "a.")) {
      container.start(List.of(bundles), List.of());
    }
    assertEquals(
        List.of(
            "start b.first",
            "start c.middle",
            "start a.last",
            "stop a.last",
            "stop c.middle",
            "stop b.first"),
        EVENTS);
  }

  @Test
  void aBundleThatDoesNotStartDoesNotAffectTheOthers() throws Exception {
    activeBundle("a.failing", Failing.class);
    activeBundle("command", Command.class);
    try (Container container = container()) {
      assertEquals(0, run(container));
      assertEquals(
          List.of(
              "The bundle a.failing 1.0.0 does not start: IllegalStateException: the disk is full"),
          container.problems());
    }
  }

  @Test
  void withoutACommandAllReasonsAreReported() throws Exception {
    bundle("needy", Constants.IMPORT_PACKAGE, "org.example.gone;version=\"[1.2,2)\"");
    bundle("follower", Constants.REQUIRE_BUNDLE, "needy");
    bundle(
        "futuristic", "Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"");
    bundle("modest", Constants.IMPORT_PACKAGE, "org.example.gone;resolution:=optional");
    bundle("hungry", "Require-Capability", "food;filter:=\"(taste=sweet)\"");
    try (Container container = container()) {
      LaunchException e = assertThrows(LaunchException.class, () -> run(container));
      assertEquals("No bundle provides this command.", e.getMessage());
      assertEquals(
          List.of(
              "The bundle follower 1.0.0 cannot be resolved: it requires the bundle needy 1.0.0, which cannot"
                  + " be resolved.",
              "The bundle futuristic 1.0.0 cannot be resolved: it requires JavaSE in version"
                  + " 99; this is Java "
                  + Runtime.version().feature()
                  + ".",
              "The bundle hungry 1.0.0 cannot be resolved: it requires the capability"
                  + " food (taste=sweet), which no bundle provides.",
              "The bundle needy 1.0.0 cannot be resolved: it imports the package"
                  + " org.example.gone, which no bundle exports.",
              "The runtime of declarative services is not there."),
          container.problems());
    }
  }

  @Test
  void aLongListOfUnsatisfiedRequirementsIsShortened() throws Exception {
    bundle("needy", Constants.IMPORT_PACKAGE, "x.a,x.b,x.c,x.d,x.e");
    try (Container container = container()) {
      container.start(List.of(bundles), List.of());
      assertEquals(
          List.of(
              "The bundle needy 1.0.0 cannot be resolved: it imports the package x.a, which no"
                  + " bundle exports; imports the package x.b, which no bundle exports; imports the"
                  + " package x.c, which no bundle exports; and 2 more unsatisfied requirements."),
          container.problems());
    }
  }

  @Test
  void aFileThatIsNotABundleIsNamed() throws Exception {
    Files.writeString(bundles.resolve("broken.jar"), "not a jar");
    try (Container container = container()) {
      LaunchException e = assertThrows(LaunchException.class, () -> run(container));
      assertTrue(
          e.getMessage().startsWith(bundles.resolve("broken.jar") + " cannot be installed: "),
          e.getMessage());
    }
  }

  @Test
  void bundlesSeeThePackagesOfTheJvm() throws Exception {
    bundle(
        "traveller",
        Constants.IMPORT_PACKAGE,
        "java.util,javax.xml.parsers,org.w3c.dom,com.sun.net.httpserver,org.osgi.util.tracker");
    activeBundle("command", Command.class);
    try (Container container = container()) {
      assertEquals(0, run(container));
      assertEquals(List.of(), container.problems());
    }
  }
}
