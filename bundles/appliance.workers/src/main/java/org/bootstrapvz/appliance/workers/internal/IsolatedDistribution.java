/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.appliance.workers.internal.isolation.IsolatedRun;
import org.bootstrapvz.appliance.workers.internal.isolation.Isolation;
import org.bootstrapvz.document.EventDocument;
import org.bootstrapvz.document.WorkerCall;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts worker processes in user namespaces, from the distribution that this process runs from.
 * They see neither the state directory nor the configuration. Safe for use by several threads.
 */
final class IsolatedDistribution implements WorkerBuilder.WorkerStarter {
  private static final Logger LOG = LoggerFactory.getLogger(IsolatedDistribution.class);

  /** Directories of the distribution that a worker does not read. */
  private static final Set<String> OF_THE_APPLIANCE =
      Set.of("appliance", "conf", "deploy", "repository", "javadoc", "docs", "manifests");

  /** The other configuration files are those of the appliance and may contain passwords. */
  private static final List<String> CONFIGURATION =
      List.of("framework.properties", "plugins.properties", "logging.properties");

  private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(150);

  private final BundleContext context;
  private final Isolation isolation;
  private final Supplier<Isolation.Limits> limits;

  /** The kernel kills a build when the thread ends that started it. */
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "start of builds");
            thread.setDaemon(true);
            return thread;
          });

  IsolatedDistribution(BundleContext context, Supplier<Isolation.Limits> limits) {
    this.context = context;
    this.limits = limits;
    this.isolation = new Isolation(property("bootstrapvz.state"));
  }

  private Path property(String name) {
    return Path.of(
            Objects.requireNonNull(
                context.getProperty(name), "The framework property " + name + " is not set"))
        .toAbsolutePath();
  }

  @Override
  public Worker start(WorkerCall.Build call, List<Path> jars) throws IOException {
    BuildRequest request = call.request();
    Path workspace =
        request
            .workspace()
            .orElseThrow(() -> new IOException("An isolated build needs a directory of its own"));
    IsolatedRun run = isolation.open(workspace, limits.get());
    try {
      run.give(request.manifest().file());
      run.deploy(jars);
      Process process = start(run);
      Worker worker = new Worker(process, new Left(run));
      try {
        worker.call(call);
        return worker;
      } catch (IOException e) {
        worker.close();
        throw e;
      }
    } catch (IOException e) {
      end(run, LOG::warn);
      throw e;
    }
  }

  private Process start(IsolatedRun run) throws IOException {
    Path home = property("bootstrapvz.home");
    Path java = Path.of(System.getProperty("java.home")).toRealPath();
    run.read(java);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(home)) {
      for (Path part : parts) {
        if (Files.isDirectory(part) && !OF_THE_APPLIANCE.contains(part.getFileName().toString())) {
          run.read(part);
        }
      }
    }
    String conf = context.getProperty("bootstrapvz.conf");
    Path configuration = conf == null ? home.resolve("conf") : Path.of(conf).toAbsolutePath();
    Set<Path> files = new TreeSet<>();
    for (Path directory : List.of(home.resolve("conf"), configuration)) {
      for (String name : CONFIGURATION) {
        Path file = directory.resolve(name);
        if (Files.isRegularFile(file)) {
          files.add(file.toRealPath());
        }
      }
    }
    for (Path file : files) {
      run.give(file);
    }
    Map<String, String> environment = run.environment(System.getenv());
    environment.put("JAVA_HOME", java.toString());
    environment.put("BOOTSTRAP_VZ_CONF", configuration.toString());
    // Options of the administrator come later, and so take precedence.
    environment.merge(
        Distribution.JAVA_OPTIONS, Distribution.LIMITS, (given, ours) -> ours + " " + given);
    ProcessBuilder builder =
        new ProcessBuilder(
                run.command(
                    List.of(home.resolve("bin/bootstrap-vz").toString(), "worker"), environment))
            .directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Future<Process> process = starter.submit(builder::start);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.get();
        } catch (InterruptedException e) {
          interrupted = true; // The process starts all the same, and has to be ended.
        }
      }
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Releases what isolated builds left that ended with their appliance. */
  void recover(Consumer<String> messages) {
    try {
      for (IsolatedRun run : isolation.leftovers(limits.get())) {
        release(run, messages);
        end(run, messages);
      }
    } catch (IOException e) {
      messages.accept("The files of builds that have ended cannot be deleted: " + e.getMessage());
    }
  }

  /** In its namespaces, since the build chose what its journals contain. */
  private void release(IsolatedRun run, Consumer<String> messages) {
    try {
      run.awaitEnd();
      if (!run.hasJournals()) {
        return;
      }
      Process process = start(run);
      try (Worker worker = new Worker(process, () -> {})) {
        Thread reader = new Thread(() -> report(process, messages), "recovery of a build");
        reader.setDaemon(true);
        reader.start();
        worker.call(new WorkerCall.Recover());
        if (!worker.hasEndedWithin(RECOVERY_TIMEOUT)) {
          messages.accept("The recovery of a build did not end in time");
        }
        worker.kill();
        reader.join(RECOVERY_TIMEOUT.toMillis());
      }
      run.awaitEnd();
    } catch (IOException e) {
      messages.accept("What a build left cannot be released: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void report(Process process, Consumer<String> messages) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{")) {
          EventDocument.logLine(line).ifPresent(messages);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("The recovery of a build ended", e);
    }
  }

  private static void end(IsolatedRun run, Consumer<String> messages) {
    try (run) {
      run.awaitEnd();
      if (run.hasJournals()) {
        run.keep();
        messages.accept(
            "A build left something that cannot be released now; the next start tries again");
      } else {
        run.delete();
      }
    } catch (IOException e) {
      messages.accept("The files of a build cannot be deleted: " + e.getMessage());
    }
  }

  /** What an isolated build leaves. */
  private final class Left implements Worker.Belongings {
    private final IsolatedRun run;

    Left(IsolatedRun run) {
      this.run = run;
    }

    @Override
    public boolean release(Consumer<String> messages) {
      IsolatedDistribution.this.release(run, messages);
      return true;
    }

    @Override
    public Optional<String> excess() {
      return run.excess();
    }

    @Override
    public BuildResult settle(BuildResult result) {
      BuildResult settled = result;
      try {
        run.awaitEnd();
        run.collect(result.artefacts());
      } catch (IOException e) {
        settled =
            new BuildResult(
                BuildResult.Status.FAILED,
                List.of(),
                result.problems(),
                result.failedTask(),
                Optional.of("The artefacts cannot be taken over: " + e.getMessage()),
                result.notReleased(),
                result.phases(),
                result.duration());
      }
      end(run, LOG::warn);
      return settled;
    }
  }
}
