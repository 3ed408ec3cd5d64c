/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.bootstrapvz.document.WorkerCall;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts worker processes from the distribution that this process runs from: the same Java runtime,
 * state and configuration, and a deploy directory of their own.
 */
final class Distribution implements WorkerBuilder.WorkerStarter {
  private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);

  /** The variables of the start script, with the properties of the framework they stand for. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "BOOTSTRAP_VZ_STATE", "bootstrapvz.state",
          "BOOTSTRAP_VZ_CONF", "bootstrapvz.conf",
          "BOOTSTRAP_VZ_LOG", "bootstrapvz.log",
          "BOOTSTRAP_VZ_CACHE", "bootstrapvz.cache");

  static final String JAVA_OPTIONS = "BOOTSTRAP_VZ_JAVA_OPTIONS";

  /**
   * Tasks do their work in host commands; no plugin needs more memory to control them. The heap
   * starts small: the default is a part of the memory of the machine, and all of it is used before
   * the first garbage collection. A crash must not leave files: its first lines are on standard
   * error.
   */
  static final String LIMITS =
      "-Xms16m -Xmx512m -XX:+ExitOnOutOfMemoryError -XX:ErrorFile=/dev/null"
          + " -XX:-CreateCoredumpOnCrash";

  private final BundleContext context;
  private final AtomicLong count = new AtomicLong();

  Distribution(BundleContext context) {
    this.context = context;
  }

  @Override
  public Worker start(WorkerCall.Build call, List<Path> jars) throws IOException {
    Path deploy = deployDirectory(jars);
    try {
      Worker worker = new Worker(process(deploy).start(), () -> delete(deploy));
      try {
        worker.call(call);
        return worker;
      } catch (IOException e) {
        worker.close(); // The directory is deleted below.
        throw e;
      }
    } catch (IOException e) {
      delete(deploy);
      throw e;
    }
  }

  /** A session of its own: a signal of a terminal must not reach the build. */
  private ProcessBuilder process(Path deploy) {
    String home =
        Objects.requireNonNull(
            context.getProperty("bootstrapvz.home"),
            "The framework property bootstrapvz.home is not set");
    ProcessBuilder builder =
        new ProcessBuilder("setsid", Path.of(home, "bin", "bootstrap-vz").toString(), "worker");
    Map<String, String> environment = builder.environment();
    VARIABLES.forEach(
        (variable, property) -> {
          String value = context.getProperty(property);
          if (value != null) {
            environment.put(variable, value);
          }
        });
    environment.put("BOOTSTRAP_VZ_DEPLOY", deploy.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // Options of the administrator come later, and so take precedence.
    environment.merge(JAVA_OPTIONS, LIMITS, (given, ours) -> ours + " " + given);
    environment.remove("NOTIFY_SOCKET");
    return builder;
  }

  private Path deployDirectory(List<Path> jars) throws IOException {
    File data =
        Objects.requireNonNull(context.getDataFile("deploy"), "The framework has a storage");
    Path directory =
        Files.createDirectories(
            data.toPath().toAbsolutePath().resolve(Long.toString(count.incrementAndGet())));
    for (Path jar : jars) {
      Files.createSymbolicLink(directory.resolve(jar.getFileName()), jar);
    }
    return directory;
  }

  private static void delete(Path directory) {
    try {
      try (DirectoryStream<Path> links = Files.newDirectoryStream(directory)) {
        for (Path link : links) {
          Files.delete(link);
        }
      }
      Files.delete(directory);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("{} cannot be deleted: {}", directory, e.getMessage());
    }
  }
}
