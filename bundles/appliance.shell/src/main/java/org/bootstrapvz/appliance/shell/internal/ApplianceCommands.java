/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.shell.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.operations.Health;
import org.bootstrapvz.document.TextTable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands of the shell for the operator of the appliance. */
@Component(
    service = ApplianceCommands.class,
    property = {
      "osgi.command.scope=bootstrapvz",
      "osgi.command.function=status",
      "osgi.command.function=health",
      "osgi.command.function=builds",
      "osgi.command.function=show",
      "osgi.command.function=log",
      "osgi.command.function=cancel",
      "osgi.command.function=retry",
      "osgi.command.function=plugins",
      "osgi.command.function=deploy",
      "osgi.command.function=undeploy"
    })
public final class ApplianceCommands {
  private static final int DEFAULT_BUILDS = 20;
  private static final int MAX_LOG_CHARACTERS = 20_000;

  private final Builds builds;
  private final BuildHistory history;
  private final BuildEvents events;
  private final ExtensionCatalog catalog;
  private final Health health;
  private final AuditLog audit;
  private final Path deploy;

  /** Called by the container. */
  @Activate
  public ApplianceCommands(
      BundleContext context,
      @Reference Builds builds,
      @Reference BuildHistory history,
      @Reference BuildEvents events,
      @Reference ExtensionCatalog catalog,
      @Reference Health health,
      @Reference AuditLog audit) {
    this(
        builds,
        history,
        events,
        catalog,
        health,
        audit,
        Path.of(context.getProperty("bootstrapvz.deploy")));
  }

  ApplianceCommands(
      Builds builds,
      BuildHistory history,
      BuildEvents events,
      ExtensionCatalog catalog,
      Health health,
      AuditLog audit,
      Path deploy) {
    this.builds = builds;
    this.history = history;
    this.events = events;
    this.catalog = catalog;
    this.health = health;
    this.audit = audit;
    this.deploy = deploy;
  }

  /** Shows the status of the appliance. */
  @Descriptor("show the status of this appliance")
  public String status() {
    QueueStatus status = builds.status();
    return "%s: %d of %d builds running; %d MiB free in %s%n%s"
        .formatted(
            status.appliance(),
            status.running(),
            status.concurrency(),
            status.freeBytes() >> 20,
            status.directory(),
            status
                .trouble()
                .orElseGet(
                    () ->
                        history.counts().entrySet().stream()
                            .map(each -> word(each.getKey()) + " " + each.getValue())
                            .collect(Collectors.joining(", "))));
  }

  /** Shows the results of the health checks. */
  @Descriptor("show the results of the health checks")
  public String health() {
    List<List<String>> rows = new ArrayList<>();
    health
        .checks()
        .forEach((name, found) -> rows.add(List.of(name, found.status().name(), found.message())));
    return table(rows);
  }

  /** Lists the newest builds. */
  @Descriptor("list the newest builds (default: 20)")
  public String builds() {
    return builds(DEFAULT_BUILDS);
  }

  /** Lists the newest builds. */
  @Descriptor("list the newest builds")
  public String builds(@Descriptor("maximum number of builds") int limit) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "STATE", "NAME", "PRIORITY", "BY", "TASK"));
    for (BuildSummary build : history.list(BuildQuery.newest(limit)).builds()) {
      rows.add(
          List.of(
              Long.toString(build.id()),
              word(build.state()),
              build.name(),
              Integer.toString(build.priority()),
              build.submitter(),
              build.task().isEmpty() ? firstLine(build.error()) : build.task()));
    }
    return table(rows);
  }

  /** Shows a build. */
  @Descriptor("show a build: its state, artefacts and errors")
  public String show(@Descriptor("number of the build") long id) {
    BuildDetails build = history.find(id).orElseThrow(() -> unknown(id));
    List<String> lines = new ArrayList<>();
    BuildSummary summary = build.summary();
    lines.add("%d  %s  %s".formatted(id, word(summary.state()), summary.name()));
    if (!summary.task().isEmpty()) {
      lines.add("%s, %d %%".formatted(summary.task(), Math.round(summary.progress() * 100)));
    }
    if (!summary.error().isEmpty()) {
      lines.add(summary.error());
    }
    build.problems().forEach(problem -> lines.add(problem.message()));
    build.artefacts().forEach(each -> lines.add(line(each)));
    build.notReleased().forEach(each -> lines.add("not released: " + each));
    return String.join("\n", lines);
  }

  private static String line(Artefact artefact) {
    return artefact instanceof Artefact.Local local
        ? local.sha256() + "  " + local.path()
        : ((Artefact.Remote) artefact).description();
  }

  /** Shows the end of a log. */
  @Descriptor("show the end of the log of a build")
  public String log(@Descriptor("number of the build") long id) {
    history.find(id).orElseThrow(() -> unknown(id));
    String end = "";
    long offset = 0;
    while (true) {
      LogText part = events.log(id, offset, MAX_LOG_CHARACTERS);
      if (part.text().isEmpty()) {
        return end.substring(end.indexOf('\n') + 1);
      }
      String both = end + part.text();
      end = both.substring(Math.max(0, both.length() - MAX_LOG_CHARACTERS));
      offset = part.next();
    }
  }

  /** Cancels a build. */
  @Descriptor("cancel a build")
  public String cancel(CommandSession session, @Descriptor("number of the build") long id) {
    builds.cancel(id, ShellServer.user(session));
    record(AuditAction.BUILD_CANCELLED, session, "build " + id, "");
    return "Build " + id + " cancelled";
  }

  /** Repeats a build. */
  @Descriptor("submit the manifest of a finished build again")
  public String retry(CommandSession session, @Descriptor("number of the build") long id) {
    long again = builds.retry(id, ShellServer.user(session)).id();
    record(AuditAction.BUILD_RETRIED, session, "build " + id, "as build " + again);
    return "Build " + again + " submitted";
  }

  private void record(AuditAction action, CommandSession session, String object, String detail) {
    audit.record(
        action,
        new AuditActor(ShellServer.user(session), Role.ADMIN.toString(), "shell"),
        object,
        AuditLog.Result.OK,
        detail);
  }

  /** Lists what is installed. */
  @Descriptor("list providers, plugins and the state of every jar in the deploy directory")
  public String plugins() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KIND", "NAME", "VERSION", "STATE", ""));
    for (ExtensionInfo info : catalog.extensions()) {
      rows.add(
          List.of(
              word(info.kind()),
              info.name(),
              info.version(),
              word(info.state()).replace('_', ' '),
              info.missing().isEmpty() ? info.description() : info.missing()));
    }
    return table(rows);
  }

  /** Deploys a jar. */
  @Descriptor("copy a jar to the deploy directory; plugins shows its state")
  public String deploy(CommandSession session, @Descriptor("path of the jar") String file)
      throws IOException {
    Path jar = Path.of(file);
    String name = Optional.ofNullable(jar.getFileName()).map(Path::toString).orElse("");
    if (!name.endsWith(".jar") || name.startsWith(".") || !Files.isRegularFile(jar)) {
      throw new IOException(file + " is not a jar; the name of a jar ends in .jar");
    }
    // An incomplete copy must not be deployed.
    Path incomplete = deploy.resolve("." + name + ".part");
    try {
      Files.copy(jar, incomplete, StandardCopyOption.REPLACE_EXISTING);
      DurableFile.move(incomplete, deploy.resolve(name));
    } finally {
      Files.deleteIfExists(incomplete);
    }
    record(AuditAction.PLUGIN_DEPLOYED, session, name, "copied from " + jar.toAbsolutePath());
    return name + " copied to the deploy directory";
  }

  /** Undeploys a jar. */
  @Descriptor("delete a jar from the deploy directory; running builds keep using it")
  public String undeploy(CommandSession session, @Descriptor("name of the file") String name)
      throws IOException {
    Path jar = deploy.resolve(name);
    if (!name.endsWith(".jar") || name.contains("/") || !Files.isRegularFile(jar)) {
      throw new IOException("There is no jar " + name + " in the deploy directory " + deploy);
    }
    Files.delete(jar);
    record(AuditAction.PLUGIN_REMOVED, session, name, "");
    return name + " deleted from the deploy directory";
  }

  private static IllegalArgumentException unknown(long id) {
    return new IllegalArgumentException("There is no build " + id);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String table(List<List<String>> rows) {
    return TextTable.lines(rows).stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
