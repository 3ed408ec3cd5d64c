/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.operations.Health;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What an operator can do with the appliance in its shell. */
@Component(
    service = Commands.class,
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
public final class Commands {
  private static final int USUAL_PAGE = 20;
  private static final int END_OF_LOG = 20_000;

  private final Builds builds;
  private final BuildHistory history;
  private final BuildEvents events;
  private final ExtensionCatalog catalog;
  private final Health health;
  private final Path deploy;

  /** Called by the container. */
  @Activate
  public Commands(
      BundleContext context,
      @Reference Builds builds,
      @Reference BuildHistory history,
      @Reference BuildEvents events,
      @Reference ExtensionCatalog catalog,
      @Reference Health health) {
    this(
        builds,
        history,
        events,
        catalog,
        health,
        Path.of(context.getProperty("bootstrapvz.deploy")));
  }

  Commands(
      Builds builds,
      BuildHistory history,
      BuildEvents events,
      ExtensionCatalog catalog,
      Health health,
      Path deploy) {
    this.builds = builds;
    this.history = history;
    this.events = events;
    this.catalog = catalog;
    this.health = health;
    this.deploy = deploy;
  }

  /** How this appliance is. */
  @Descriptor("how this appliance is")
  public String status() {
    QueueStatus status = builds.status();
    return "%s runs %d of at most %d builds; %d MiB are free in %s%n%s"
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

  /** What works and what does not. */
  @Descriptor("what works, what does not, and why")
  public String health() {
    List<List<String>> rows = new ArrayList<>();
    health
        .checks()
        .forEach((name, found) -> rows.add(List.of(name, found.status().name(), found.message())));
    return table(rows);
  }

  /** The newest builds. */
  @Descriptor("the newest builds")
  public String builds() {
    return builds(USUAL_PAGE);
  }

  /** So many of the newest builds. */
  @Descriptor("the newest builds")
  public String builds(@Descriptor("how many") int limit) {
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

  /** A build. */
  @Descriptor("a build, its artefacts and what went wrong")
  public String show(@Descriptor("the build's number") long id) {
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
    build.artefacts().forEach(each -> lines.add(shown(each)));
    build.notReleased().forEach(each -> lines.add("not given back: " + each));
    return String.join("\n", lines);
  }

  private static String shown(Artefact artefact) {
    return artefact instanceof Artefact.Local local
        ? local.sha256() + "  " + local.path()
        : ((Artefact.Remote) artefact).description();
  }

  /** The end of a log. */
  @Descriptor("the end of a build's log")
  public String log(@Descriptor("the build's number") long id) {
    history.find(id).orElseThrow(() -> unknown(id));
    String end = "";
    long offset = 0;
    while (true) {
      LogText part = events.log(id, offset, END_OF_LOG);
      if (part.text().isEmpty()) {
        return end.substring(end.indexOf('\n') + 1);
      }
      String both = end + part.text();
      end = both.substring(Math.max(0, both.length() - END_OF_LOG));
      offset = part.next();
    }
  }

  /** Cancels a build. */
  @Descriptor("cancels a build")
  public String cancel(@Descriptor("the build's number") long id) {
    builds.cancel(id);
    return "Build " + id + " is cancelled";
  }

  /** Submits a manifest again. */
  @Descriptor("submits the manifest of a build that has ended once more")
  public String retry(@Descriptor("the build's number") long id) {
    return "Build " + builds.retry(id, "operator").id() + " is submitted";
  }

  /** What is installed. */
  @Descriptor("providers and plugins, and what became of every jar in the deploy folder")
  public String plugins() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KIND", "NAME", "VERSION", "STATE", ""));
    for (ExtensionInfo info : catalog.extensions()) {
      rows.add(
          List.of(
              word(info.kind()),
              info.name(),
              info.version(),
              word(info.state()),
              info.missing().isEmpty() ? info.description() : info.missing()));
    }
    return table(rows);
  }

  /** Puts a jar into the deploy folder. */
  @Descriptor("copies a jar into the deploy folder; plugins says what became of it")
  public String deploy(@Descriptor("the jar") String file) throws IOException {
    Path jar = Path.of(file);
    String name = Optional.ofNullable(jar.getFileName()).map(Path::toString).orElse("");
    if (!name.endsWith(".jar") || name.startsWith(".") || !Files.isRegularFile(jar)) {
      throw new IOException(file + " is no jar; name a file that ends in .jar");
    }
    // Half of a file must not be taken for all of it.
    Path half = deploy.resolve("." + name + ".part");
    try {
      Files.copy(jar, half, StandardCopyOption.REPLACE_EXISTING);
      Files.move(half, deploy.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
    return name + " is in the deploy folder";
  }

  /** Takes a jar from the deploy folder. */
  @Descriptor("takes a jar from the deploy folder; builds that use it end with it")
  public String undeploy(@Descriptor("the name of the file") String name) throws IOException {
    Path jar = deploy.resolve(name);
    if (!name.endsWith(".jar") || name.contains("/") || !Files.isRegularFile(jar)) {
      throw new IOException("There is no jar " + name + " in the deploy folder " + deploy);
    }
    Files.delete(jar);
    return name + " is taken from the deploy folder";
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
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
