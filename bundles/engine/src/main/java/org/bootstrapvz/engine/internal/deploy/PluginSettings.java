/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/**
 * The settings for plugins in a configuration file. Read on each access, so that a change applies
 * at once.
 *
 * @param file may be missing
 */
record PluginSettings(Path file) {
  static PluginSettings of(BundleContext context) {
    String home = Optional.ofNullable(context.getProperty("bootstrapvz.home")).orElse(".");
    String folder =
        Optional.ofNullable(context.getProperty("bootstrapvz.conf")).orElse(home + "/conf");
    return new PluginSettings(Path.of(folder, "plugins.properties"));
  }

  /** The locations of indexes: directories, files, or URLs. */
  List<String> repositories() throws IOException {
    return value("repositories").stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(address -> !address.isEmpty())
        .toList();
  }

  /** The file with the certificates of trusted signers; empty if jars need not be signed. */
  Optional<Path> signers() throws IOException {
    return value("signers").map(value -> file.toAbsolutePath().resolveSibling(value));
  }

  private Optional<String> value(String name) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    return Optional.ofNullable(properties.getProperty(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
