/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** The OSGi framework with the bundles of the distribution. */
final class Container implements AutoCloseable {

  private static final String SECONDS_TO_STOP = "10";

  private final Framework framework;
  private final long secondsToStop;
  private final StartLevels levels;
  private final StartupTiming progress;
  private final List<String> problems = new ArrayList<>();

  Container(Map<String, String> properties, StartupTiming progress)
      throws IOException, LaunchException {
    this.progress = progress;
    levels = new StartLevels(properties);
    secondsToStop =
        Long.parseLong(properties.getOrDefault("bootstrapvz.stop.seconds", SECONDS_TO_STOP));
    Map<String, String> configuration = new HashMap<>(properties);
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES, JavaPackages.asProperty());
    configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(levels.highest()));
    framework = new FrameworkFactory().newFramework(configuration);
  }

  /**
   * Starts every jar of some directories, level by level. Bundles are started here and not by the
   * framework's start level thread, so that each failure is an exception, and nothing about the
   * start is written to the cache.
   */
  void start(List<Path> folders, List<String> arguments)
      throws BundleException, IOException, LaunchException {
    framework.init();
    progress.reached("framework initialised");
    Supplier<List<String>> supplier = () -> arguments;
    framework
        .getBundleContext()
        .registerService(
            Supplier.class, supplier, new Hashtable<>(Map.of("launcher.arguments", true)));
    framework.start();
    progress.reached("framework started");
    List<Bundle> bundles = install(folders);
    progress.reached(bundles.size() + " bundles installed");
    if (!framework.adapt(FrameworkWiring.class).resolveBundles(bundles)) {
      problems.addAll(new UnresolvedBundles(framework.getBundleContext()).sentences());
    }
    progress.reached("bundles resolved");
    for (Bundle bundle : bundles) {
      if (bundle.getState() == Bundle.RESOLVED && !isFragment(bundle)) {
        start(bundle);
      }
    }
    progress.reached("bundles started");
  }

  private List<Bundle> install(List<Path> folders) throws IOException, LaunchException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
        jars.forEach(files::add);
      }
    }
    files.sort(Comparator.comparingInt(levels::of).thenComparing(Path::getFileName));
    FrameworkStartLevel startLevel = framework.adapt(FrameworkStartLevel.class);
    List<Bundle> bundles = new ArrayList<>();
    for (Path file : files) {
      startLevel.setInitialBundleStartLevel(levels.of(file));
      try {
        bundles.add(framework.getBundleContext().installBundle("reference:" + file.toUri()));
      } catch (BundleException e) {
        throw new LaunchException(
            "%s cannot be installed: %s".formatted(file, ErrorMessages.of(reason(e))), e);
      }
    }
    startLevel.setInitialBundleStartLevel(levels.ofOthers());
    return bundles;
  }

  private void start(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      problems.add(
          "The bundle %s %s does not start: %s"
              .formatted(
                  bundle.getSymbolicName(), bundle.getVersion(), ErrorMessages.of(reason(e))));
    }
  }

  /** The message of the framework only says that the start failed. */
  private static Throwable reason(BundleException problem) {
    return problem.getCause() == null ? problem : problem.getCause();
  }

  private static boolean isFragment(Bundle bundle) {
    return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /**
   * The service with the highest ranking that requested the main thread; its result is the exit
   * status.
   */
  Callable<Integer> command() throws InvalidSyntaxException, LaunchException {
    BundleContext context = framework.getBundleContext();
    ServiceReference<Callable<Integer>> reference = mainThread(context);
    if (reference == null) {
      problems.addAll(new UnsatisfiedComponents(context).sentences());
      throw new LaunchException("No bundle provides this command.");
    }
    Callable<Integer> command = context.getService(reference);
    progress.reached("command found");
    return command;
  }

  /**
   * Links classes that a command may only have loaded: an archive of classes only contains linked
   * ones. Names that no bundle contains are skipped.
   *
   * @param classes fully qualified names
   */
  void link(List<String> classes) {
    for (String name : classes) {
      for (Bundle bundle : framework.getBundleContext().getBundles()) {
        try {
          bundle.loadClass(name).getDeclaredMethods(); // this links the class
          break;
        } catch (ClassNotFoundException | LinkageError e) {
          // another bundle may contain it, or it is not archived
        }
      }
    }
  }

  /** The failures so far, as sentences. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  @SuppressWarnings("unchecked")
  private static ServiceReference<Callable<Integer>> mainThread(BundleContext context)
      throws InvalidSyntaxException {
    Collection<? extends ServiceReference<?>> found =
        context.getServiceReferences(Callable.class, "(main.thread=true)");
    return (ServiceReference<Callable<Integer>>)
        found.stream().max(Comparator.naturalOrder()).orElse(null);
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(TimeUnit.SECONDS.toMillis(secondsToStop));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends in any case
    }
  }
}
