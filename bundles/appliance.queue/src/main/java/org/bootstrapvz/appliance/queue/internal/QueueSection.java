/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.file.UnsafePathException;
import org.bootstrapvz.appliance.api.operations.ConfigurationSection;
import org.bootstrapvz.appliance.api.operations.Quantity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The configuration file of the queue. */
@Component
public final class QueueSection implements ConfigurationSection {
  private static final Map<String, Quantity> QUANTITIES =
      Map.of(
          "stopTimeout", Quantity.duration("0s"),
          "maxMemory", Quantity.size("0B"),
          "planningTimeout", Quantity.duration("100ms"),
          "minFreeSpace", Quantity.size("0B"),
          "maxLogSize", Quantity.size("1MiB"),
          "keepFor", Quantity.duration("0d"),
          "keepSize", Quantity.size("0B"),
          "pollInterval", Quantity.duration("50ms"),
          "heartbeatInterval", Quantity.duration("100ms"));

  private static final Pattern IDS = Pattern.compile("(\\d{1,10})\\s*-\\s*(\\d{1,10})");
  private static final long MIN_IDS = 1 << 16;
  private static final long LAST_ID = 0xFFFF_FFFEL;

  private static final Map<String, String> RENAMED =
      Map.of(
          "folder", "directory",
          "stopWaitSeconds", "stopTimeout",
          "roomMebibytes", "minFreeSpace",
          "logMebibytes", "maxLogSize",
          "keepDays", "keepFor",
          "keepMebibytes", "keepSize",
          "pollMillis", "pollInterval",
          "heartbeatMillis", "heartbeatInterval");

  /** Called by the container. */
  @Activate
  public QueueSection() {}

  @Override
  public String pid() {
    return QueueSettings.PID;
  }

  @Override
  public Class<?> settings() {
    return QueueSettings.class;
  }

  @Override
  public Map<String, Quantity> quantities() {
    return QUANTITIES;
  }

  @Override
  public Map<String, String> renamedKeys() {
    return RENAMED;
  }

  @Override
  public List<String> check(Map<String, Object> values) {
    List<String> problems = new ArrayList<>(checkDirectory(values));
    String ids = ((String) values.getOrDefault("isolationIds", "")).strip();
    if (!ids.isEmpty() && !areIds(ids)) {
      problems.add(
          "isolationIds: \""
              + ids
              + "\" is not a range of at least 65536 ids from 65536 on, such as"
              + " 1879048192-1944584191");
    }
    for (String path : ((String) values.getOrDefault("isolationPaths", "")).split(",")) {
      if (!path.isBlank() && !path.strip().startsWith("/")) {
        problems.add("isolationPaths: " + path.strip() + " is not an absolute path");
      }
    }
    return problems;
  }

  private static boolean areIds(String text) {
    Matcher matcher = IDS.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    return first >= MIN_IDS && last <= LAST_ID && last - first + 1 >= MIN_IDS;
  }

  private static List<String> checkDirectory(Map<String, Object> values) {
    String directory = (String) values.getOrDefault("directory", "");
    if (directory.isEmpty()) {
      return List.of();
    }
    try {
      PrivateDirectory.create(Path.of(directory));
    } catch (UnsafePathException e) {
      return List.of("directory: " + e.getMessage());
    } catch (IOException e) {
      return List.of("directory: " + directory + " does not exist and cannot be created");
    }
    return Files.isWritable(Path.of(directory))
        ? List.of()
        : List.of("directory: " + directory + " is not writable");
  }
}
