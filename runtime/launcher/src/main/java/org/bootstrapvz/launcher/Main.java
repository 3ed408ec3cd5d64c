/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.xml.parsers.SAXParserFactory;

/**
 * Starts the container, passes the arguments to it, and ends with the exit status of the command.
 */
public final class Main {

  /** The exit status if the container or its main service could not be started, or failed. */
  private static final int BROKEN = 4;

  private Main() {}

  /**
   * Runs a command of the distribution in the directory of the system property {@code
   * bootstrapvz.home}.
   */
  public static void main(String[] arguments) {
    int status;
    try {
      status = run(List.of(arguments));
    } catch (Throwable problem) {
      // Threads of the framework would keep the JVM running, so no exception may leave this method.
      System.err.println("bootstrap-vz: " + ErrorMessages.of(problem));
      if (debug()) {
        problem.printStackTrace(System.err);
      }
      status = BROKEN;
    }
    System.exit(status);
  }

  private static int run(List<String> arguments) throws Exception {
    // Declarative Services requests a parser; the search for the file that may configure one takes
    // longer than parsing.
    System.setProperty(
        SAXParserFactory.class.getName(),
        SAXParserFactory.newDefaultInstance().getClass().getName());
    StartupTiming progress = new StartupTiming(debug());
    Signals signals = Signals.listen();
    String home = System.getProperty("bootstrapvz.home");
    if (home == null) {
      throw new LaunchException(
          "The system property bootstrapvz.home is not set; start the program with bin/bootstrap-vz.");
    }
    try (CacheFolder cache =
        CacheFolder.create(System.getProperty("bootstrapvz.cache"), System.err)) {
      Map<String, String> properties =
          FrameworkProperties.read(
              Path.of(home, "conf", "framework.properties"), cache.path(), System.getProperties());
      progress.reached("properties read");
      try (Container container = new Container(properties, progress)) {
        container.start(folders(home, properties), arguments);
        Callable<Integer> command;
        try {
          command = container.command();
        } finally {
          container.problems().forEach(problem -> System.err.println("bootstrap-vz: " + problem));
        }
        int status = signals.call(command);
        progress.reached("command ended");
        String list = System.getProperty("bootstrapvz.link");
        if (list != null) {
          container.link(Files.readAllLines(Path.of(list)));
        }
        return status;
      } finally {
        progress.reached("container stopped");
      }
    }
  }

  private static List<Path> folders(String home, Map<String, String> properties) {
    return Stream.of(properties.getOrDefault("bootstrapvz.bundles", "bundles").split(","))
        .map(name -> Path.of(home, name.strip()))
        .toList();
  }

  private static boolean debug() {
    return Boolean.parseBoolean(System.getProperty("bootstrapvz.debug"));
  }
}
