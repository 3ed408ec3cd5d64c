/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.configuration;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.operations.ConfigurationSection;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.operations.internal.audit.ConfigurationAudit;
import org.bootstrapvz.appliance.operations.internal.log.LogSettings;
import org.bootstrapvz.settings.internal.PropertyFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration files of the appliance at the start and whenever one changes, and passes
 * them to Configuration Admin. A file with an error is reported and not used: at the start the
 * appliance then does not run, later the previous values stay in use.
 *
 * <p>It waits for the sections of log, database, queue and HTTP, so that all errors are reported
 * together.
 */
@Component(
    service = ConfigurationFiles.class,
    immediate = true,
    property = "section.cardinality.minimum:Integer=4")
public final class ConfigurationFiles {
  /** Framework property: the directory with the files. */
  private static final String DIRECTORY = "bootstrapvz.conf";

  private static final String PREFIX = "org.bootstrapvz.appliance.";
  private static final String SUFFIX = ".cfg";

  /** An editor may write a file in several steps. */
  private static final long QUIET_MILLIS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);

  private final Path directory;
  private final ConfigurationAdmin admin;
  private final Map<String, Settings> settings = new LinkedHashMap<>();
  private final WatchService watch;

  /** The values in use, by PID. Guarded by this. */
  private final Map<String, Map<String, Object>> current = new LinkedHashMap<>();

  private volatile List<String> problems = List.of();

  private volatile Optional<ConfigurationAudit> audit = Optional.empty();

  /** Reads the files. */
  @Activate
  public ConfigurationFiles(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference ServerStatus status,
      @Reference(name = "section", cardinality = ReferenceCardinality.AT_LEAST_ONE)
          List<ConfigurationSection> sections)
      throws IOException {
    this(Path.of(context.getProperty(DIRECTORY)), admin, sections);
    // Errors are logged in the configured format, if that file has no error.
    current.putIfAbsent(LogSettings.PID, Map.of());
    if (problems.isEmpty()) {
      settings.keySet().forEach(this::push);
      Thread watcher = new Thread(this::watch, "bootstrap-vz configuration");
      watcher.setDaemon(true);
      watcher.start();
    } else {
      push(LogSettings.PID);
      status.failed(problems);
    }
  }

  ConfigurationFiles(Path directory, ConfigurationAdmin admin, List<ConfigurationSection> sections)
      throws IOException {
    this.directory = directory.toAbsolutePath();
    this.admin = admin;
    // The log comes first, so that it is configured before anything is logged.
    List<ConfigurationSection> sorted = new ArrayList<>(sections);
    sorted.sort(
        Comparator.comparing((ConfigurationSection each) -> !each.pid().equals(LogSettings.PID))
            .thenComparing(ConfigurationSection::pid));
    for (ConfigurationSection section : sorted) {
      settings.put(section.pid(), Settings.of(section));
    }
    watch = this.directory.getFileSystem().newWatchService();
    if (Files.isDirectory(this.directory)) {
      this.directory.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    }
    read();
  }

  /** The errors of the files as they are now, each with file and key. */
  public List<String> problems() {
    return problems;
  }

  /** The values in use of a file. */
  synchronized Map<String, Object> current(String pid) {
    return current.getOrDefault(pid, Map.of());
  }

  /** Reads all files and returns the PIDs of those that have new, valid values. */
  synchronized List<String> read() {
    List<String> found = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    unknownFiles(found);
    settings.forEach(
        (pid, each) -> {
          int before = found.size();
          Map<String, Object> values = values(pid, each, found);
          boolean valid = found.size() == before;
          if (valid && !(current.containsKey(pid) && sameText(values, current.get(pid)))) {
            current.put(pid, values);
            changed.add(pid);
          }
        });
    problems = List.copyOf(found);
    return changed;
  }

  private static boolean sameText(Map<String, Object> values, Map<String, Object> others) {
    return text(values).equals(text(others));
  }

  private static Map<String, String> text(Map<String, Object> values) {
    Map<String, String> text = new TreeMap<>();
    values.forEach(
        (key, value) ->
            text.put(
                key, value instanceof String[] list ? String.join(",", list) : value.toString()));
    return text;
  }

  private void unknownFiles(List<String> found) {
    if (!Files.isDirectory(directory)) {
      found.add(directory + ": The configuration directory does not exist");
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String pid = name.substring(0, name.length() - SUFFIX.length());
        // Files of other bundles, which are configured through File Install, have other names.
        if (!settings.containsKey(pid)
            && (pid.startsWith(PREFIX) || Suggestion.nearest(pid, settings.keySet()).isPresent())) {
          found.add(
              file
                  + ": Unknown configuration file"
                  + Suggestion.nearest(pid, settings.keySet())
                      .map(near -> "; did you mean " + near + SUFFIX + "?")
                      .orElse(""));
        }
      }
    } catch (IOException e) {
      found.add(directory + ": The directory is not readable: " + e.getMessage());
    }
  }

  private Map<String, Object> values(String pid, Settings section, List<String> found) {
    Path file = directory.resolve(pid + SUFFIX);
    Map<String, PropertyFile.Entry> entries = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    read(file, entries, wrong);
    Map<String, String> lines = new TreeMap<>();
    entries.forEach((key, entry) -> lines.put(key, entry.value()));
    Map<String, Object> values = section.values(lines, wrong::add);
    if (wrong.isEmpty()) {
      wrong.addAll(
          current.containsKey(pid)
              ? section.section().checkChange(values, current(pid))
              : section.section().check(values));
    }
    wrong.forEach(problem -> found.add(file + line(problem, entries) + ": " + problem));
    return values;
  }

  /** The line of the key that a problem starts with; of several keys, the first in the file. */
  private static String line(String problem, Map<String, PropertyFile.Entry> entries) {
    List<String> keys = List.of(problem.split(":", 2)[0].split(", "));
    return entries.values().stream()
        .filter(entry -> keys.contains(entry.key()))
        .map(PropertyFile.Entry::line)
        .min(Comparator.naturalOrder())
        .map(number -> ":" + number)
        .orElse("");
  }

  /** A missing file is an empty one: every setting has its default. */
  private static void read(Path file, Map<String, PropertyFile.Entry> entries, List<String> wrong) {
    if (Files.notExists(file) && !Files.isSymbolicLink(file)) {
      return;
    }
    try {
      for (PropertyFile.Entry entry : PropertyFile.read(file)) {
        if (entries.put(entry.key(), entry) != null) {
          wrong.add(entry.key() + ": The setting is a duplicate; remove one of them");
        }
      }
    } catch (IOException e) {
      wrong.add("The file is not readable: " + e.getMessage());
    }
  }

  private void push(String pid) {
    try {
      admin.getConfiguration(pid, "?").updateIfDifferent(new Hashtable<>(current(pid)));
    } catch (IOException e) {
      LOG.error("Could not apply {}: {}", pid + SUFFIX, e.getMessage());
    }
  }

  private void watch() {
    try {
      while (true) {
        WatchKey key = watch.take();
        while (key != null) {
          key.pollEvents();
          key.reset();
          key = watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        apply();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // The appliance is stopping.
    }
  }

  /** Reads the files again and uses what has changed. */
  void apply() {
    List<String> known = problems;
    Map<String, Map<String, Object>> before = values();
    List<String> changed = read();
    problems.stream()
        .filter(problem -> !known.contains(problem))
        .forEach(problem -> LOG.error("{}. Keeping the previous configuration", problem));
    changed.forEach(this::push);
    changed.forEach(pid -> LOG.info("Applied the changed {}", pid + SUFFIX));
    audit.ifPresent(
        log -> {
          changed.forEach(
              pid ->
                  log.changed(
                      directory.resolve(pid + SUFFIX),
                      before.getOrDefault(pid, Map.of()),
                      current(pid)));
          settings.keySet().stream()
              .map(pid -> directory.resolve(pid + SUFFIX))
              .filter(file -> problems.stream().anyMatch(each -> isNew(each, file, known)))
              .forEach(log::refused);
        });
  }

  private static boolean isNew(String problem, Path file, List<String> known) {
    return problem.startsWith(file + ":") && !known.contains(problem);
  }

  private synchronized Map<String, Map<String, Object>> values() {
    return new LinkedHashMap<>(current);
  }

  /** Called by the container. Not in the constructor: errors are reported without a state, too. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindAudit(AuditLog log) {
    audit = Optional.of(new ConfigurationAudit(log));
  }

  void unbindAudit(AuditLog log) {
    audit = Optional.empty();
  }

  /** Stops watching. */
  @Deactivate
  public void close() throws IOException {
    watch.close();
  }
}
