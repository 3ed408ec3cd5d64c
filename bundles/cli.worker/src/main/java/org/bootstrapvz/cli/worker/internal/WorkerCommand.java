/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.worker.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.plan.PlanningLimit;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.EventDocument;
import org.bootstrapvz.document.WorkerCall;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Runs one build for another process, which writes {@link WorkerCall calls} to standard input and
 * reads {@link EventDocument events} from standard output.
 */
@Component
@CommandDefinition(
    name = "worker",
    summary = "Run one build that another process controls",
    category = CommandCategory.OTHER,
    order = 3)
public final class WorkerCommand implements Command {
  /** The caller has ended: there is nobody left who would learn of the result. */
  private static final int ABANDONED = 129;

  private final Supplier<Builder> builder;
  private final Runnable abandoned;
  private final Consumer<PlanningLimit> limits;

  /** Called by the container. */
  @Activate
  public WorkerCommand(
      BundleContext context, @Reference ComponentServiceObjects<Builder> builders) {
    // Without releasing anything, as after kill -9: the next start releases it. A build that goes
    // on unseen would meet the one that replaces it.
    this(
        builders::getService,
        () -> Runtime.getRuntime().halt(ABANDONED),
        limit -> context.registerService(PlanningLimit.class, limit, null));
  }

  /**
   * A command that uses this builder.
   *
   * @param abandoned is called when standard input ends, or standard output cannot be written
   * @param limits receives the time limit for planning before the build starts
   */
  WorkerCommand(Supplier<Builder> builder, Runnable abandoned, Consumer<PlanningLimit> limits) {
    this.limits = limits;
    this.builder = builder;
    this.abandoned = abandoned;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Reads a request from standard input and writes the events of the build to standard"
                + " output, as JSON documents of one line. Ends at once, without releasing anything,"
                + " when standard input ends. The appliance starts it for each build.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    BufferedReader calls =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    WorkerCall.Build call;
    try {
      String line = calls.readLine();
      if (line == null) {
        return refuse(terminal, "Standard input ended before a request for a build");
      }
      WorkerCall first = WorkerCall.parse(line);
      if (first instanceof WorkerCall.Recover) {
        builder.get().recover(message -> write(terminal.out(), new BuildEvent.Log(message)));
        return ExitStatus.DONE;
      }
      if (!(first instanceof WorkerCall.Build build)) {
        return refuse(terminal, "The first call must be of type \"build\"");
      }
      call = build;
    } catch (IOException | IllegalArgumentException e) {
      return refuse(terminal, String.valueOf(e.getMessage()));
    }
    listen(calls, Thread.currentThread());
    PrintStream events = terminal.out();
    // What code of plugins prints must not get between the events.
    System.setOut(System.err);
    call.planningMillis().map(Duration::ofMillis).ifPresent(limit -> limits.accept(() -> limit));
    BuildResult result = builder.get().build(call.request(), event -> write(events, event));
    return switch (result.status()) {
      case SUCCEEDED -> ExitStatus.DONE;
      case REJECTED -> ExitStatus.INPUT;
      case FAILED -> ExitStatus.FAILED;
      case CANCELLED -> ExitStatus.INTERRUPTED;
    };
  }

  private static int refuse(Terminal terminal, String message) {
    terminal.err().println("bootstrap-vz worker: " + message);
    return ExitStatus.USAGE;
  }

  private void listen(BufferedReader calls, Thread build) {
    Thread thread = new Thread(() -> obey(calls, build), "calls");
    thread.setDaemon(true);
    thread.start();
  }

  private void obey(BufferedReader calls, Thread build) {
    for (String line = next(calls); line != null; line = next(calls)) {
      try {
        if (WorkerCall.parse(line) instanceof WorkerCall.Cancel) {
          build.interrupt();
        }
      } catch (IllegalArgumentException e) {
        // A newer caller may say more than this worker understands.
      }
    }
    abandoned.run();
  }

  private static @Nullable String next(BufferedReader calls) {
    try {
      return calls.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  private void write(PrintStream events, BuildEvent event) {
    events.println(EventDocument.json(event));
    // This also flushes: the caller shows progress.
    if (events.checkError()) {
      abandoned.run();
    }
  }
}
