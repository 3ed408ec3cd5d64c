/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.appliance.api.operations.ConfigurationSection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The configuration file of the database. */
@Component
public final class DatabaseSection implements ConfigurationSection {
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Called by the container. */
  @Activate
  public DatabaseSection() {}

  @Override
  public String pid() {
    return DatabaseSettings.PID;
  }

  @Override
  public Class<?> settings() {
    return DatabaseSettings.class;
  }

  @Override
  public List<String> check(Map<String, Object> values) {
    String url = (String) values.getOrDefault("url", "");
    if (!url.isEmpty() && !url.startsWith(POSTGRESQL)) {
      return List.of(
          "url: \""
              + url.replaceFirst("[/@?].*", "…")
              + "\" is not valid; it must start with "
              + POSTGRESQL
              + " (default: empty, for a file in the state directory)");
    }
    // More people can read the configuration than may know the password, and errors are logged.
    if (url.matches("(?i).*[?&]password=.*") || url.matches("[^@]*//[^/]*:[^/]*@.*")) {
      return List.of(
          "url: The URL contains a password; write it to a file of its own and set passwordFile");
    }
    String password = (String) values.getOrDefault("passwordFile", "");
    return password.isEmpty()
            || Files.isReadable(Path.of(password)) && Files.isRegularFile(Path.of(password))
        ? List.of()
        : List.of("passwordFile: The file " + password + " is missing or not readable");
  }
}
