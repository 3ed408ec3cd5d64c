/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.configuration;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.appliance.api.operations.ConfigurationSection;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.internal.log.LogSettings;
import org.bootstrapvz.appliance.internal.queue.QueueSettings;
import org.bootstrapvz.appliance.internal.store.DatabaseSettings;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the files of conf/ that configure the appliance to those they configure, at the start and
 * whenever one changes. A file with a mistake is told of and not used: at the start nothing is
 * served then, later what the file said before stays in force.
 */
@Component(service = ConfigurationFiles.class, immediate = true)
public final class ConfigurationFiles {
  /** Framework property: the folder with the files. */
  private static final String FOLDER = "bootstrapvz.conf";

  private static final String OURS = "org.bootstrapvz.appliance.";
  private static final String HTTP = OURS + "http";
  private static final String SUFFIX = ".cfg";

  /** In this order, so that the log is as configured before somebody logs. */
  static final List<String> PIDS =
      List.of(LogSettings.PID, DatabaseSettings.PID, QueueSettings.PID, HTTP);

  /** An editor may write a file piece by piece. */
  private static final long QUIET_MILLIS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);

  private final Path folder;
  private final ConfigurationAdmin admin;
  private final Map<String, Settings> settings = new LinkedHashMap<>();
  private final Map<String, ConfigurationSection> sections = new LinkedHashMap<>();
  private final WatchService watch;

  /** What each file says as it is used. Guarded by this. */
  private final Map<String, Map<String, Object>> inForce = new LinkedHashMap<>();

  private volatile List<String> problems = List.of();

  /** Reads the files. */
  @Activate
  public ConfigurationFiles(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference ServerStatus serve,
      @Reference ConfigurationSection http)
      throws IOException {
    this(Path.of(context.getProperty(FOLDER)), admin, descriptions(context), List.of(http));
    // What may be told at the start is told in the form that is configured, if that is right.
    inForce.putIfAbsent(LogSettings.PID, Map.of());
    if (problems.isEmpty()) {
      PIDS.forEach(this::push);
      Thread watcher = new Thread(this::watch, "bootstrap-vz configuration");
      watcher.setDaemon(true);
      watcher.start();
    } else {
      push(LogSettings.PID);
      serve.failed(problems);
    }
  }

  ConfigurationFiles(
      Path folder,
      ConfigurationAdmin admin,
      List<InputStream> descriptions,
      List<ConfigurationSection> sections)
      throws IOException {
    sections.forEach(section -> this.sections.put(section.pid(), section));
    this.folder = folder.toAbsolutePath();
    this.admin = admin;
    for (InputStream description : descriptions) {
      try (description) {
        Settings read = Settings.read(description);
        settings.put(read.pid(), read);
      }
    }
    watch = this.folder.getFileSystem().newWatchService();
    if (Files.isDirectory(this.folder)) {
      this.folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    }
    read();
  }

  private static List<InputStream> descriptions(BundleContext context) throws IOException {
    List<InputStream> streams = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      Enumeration<URL> found =
          (bundle.getSymbolicName() + ".").startsWith(OURS)
              ? bundle.findEntries("OSGI-INF/metatype", "*.xml", false)
              : null;
      if (found != null) {
        for (URL url : Collections.list(found)) {
          streams.add(url.openStream());
        }
      }
    }
    return streams;
  }

  /** What is wrong with the files as they are now, each with file and key. */
  public List<String> problems() {
    return problems;
  }

  /** What a file says that is in force. */
  synchronized Map<String, Object> inForce(String pid) {
    return inForce.get(pid);
  }

  /** Reads all files; answers which of them say something new that can be used. */
  synchronized List<String> read() {
    List<String> found = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    unknownFiles(found);
    for (String pid : PIDS) {
      int before = found.size();
      Map<String, Object> values = values(pid, found);
      if (found.size() == before && !same(values, inForce.get(pid))) {
        inForce.put(pid, values);
        changed.add(pid);
      }
    }
    problems = List.copyOf(found);
    return changed;
  }

  private static boolean same(Map<String, Object> values, Map<String, Object> others) {
    return others != null && text(values).equals(text(others));
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
    if (!Files.isDirectory(folder)) {
      found.add(folder + ": There is no such folder; it should hold the configuration");
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, OURS + "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String pid = name.substring(0, name.length() - SUFFIX.length());
        if (!PIDS.contains(pid)) {
          found.add(
              file
                  + ": Nothing is configured by a file of this name"
                  + Suggestion.nearest(pid, PIDS)
                      .map(near -> "; did you mean " + near + SUFFIX + "?")
                      .orElse(""));
        }
      }
    } catch (IOException e) {
      found.add(folder + ": The folder cannot be read: " + e.getMessage());
    }
  }

  private Map<String, Object> values(String pid, List<String> found) {
    Path file = folder.resolve(pid + SUFFIX);
    List<String> wrong = new ArrayList<>();
    Map<String, Object> values = settings.get(pid).values(lines(file, wrong), wrong::add);
    if (wrong.isEmpty()) {
      wrong.addAll(check(pid, values));
    }
    wrong.forEach(problem -> found.add(file + ": " + problem));
    return values;
  }

  private List<String> check(String pid, Map<String, Object> values) {
    return switch (pid) {
      case DatabaseSettings.PID -> Checks.database(values);
      case QueueSettings.PID -> Checks.queue(values);
      default -> validate(pid, values);
    };
  }

  private List<String> validate(String pid, Map<String, Object> values) {
    ConfigurationSection section = sections.get(pid);
    if (section == null) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    section
        .quantities()
        .forEach(
            (key, quantity) -> {
              if (values.containsKey(key) && !quantity.accepts(values.get(key).toString())) {
                wrong.add(key + ": \"" + values.get(key) + "\" is not " + quantity.domain());
              }
            });
    if (!wrong.isEmpty()) {
      return wrong;
    }
    return inForce.containsKey(pid)
        ? section.checkChange(values, inForce.get(pid))
        : section.check(values);
  }

  /** A file that is missing says nothing, so everything is as usual. */
  private static Map<String, String> lines(Path file, List<String> wrong) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        wrong.add("The file cannot be read: " + e.getMessage());
      }
    }
    Map<String, String> lines = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> lines.put(key, properties.getProperty(key)));
    return lines;
  }

  private void push(String pid) {
    try {
      admin.getConfiguration(pid, "?").updateIfDifferent(new Hashtable<>(inForce(pid)));
    } catch (IOException e) {
      LOG.error("What {} says cannot be used: {}", pid + SUFFIX, e.getMessage());
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
        List<String> told = problems;
        List<String> changed = read();
        problems.stream()
            .filter(problem -> !told.contains(problem))
            .forEach(problem -> LOG.error("{}. What was said before stays in force", problem));
        changed.forEach(this::push);
        changed.forEach(pid -> LOG.info("{} changed and is used now", pid + SUFFIX));
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // The appliance stops.
    }
  }

  /** Stops watching. */
  @Deactivate
  public void close() throws IOException {
    watch.close();
  }
}
