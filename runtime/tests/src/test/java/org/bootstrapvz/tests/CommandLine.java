/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command of the distribution, in a separate process with its own directories. */
final class CommandLine {
  private static final Path PROGRAM =
      Path.of(System.getProperty("bootstrapvz.distribution"), "bin", "bootstrap-vz")
          .toAbsolutePath()
          .normalize();

  private final Path folder;
  private final Path deploy;

  /** The output and the exit status of a command. */
  record Answer(int status, String out, String err) {
    String all() {
      return out + err;
    }
  }

  /**
   * @param folder for its state and configuration
   * @param deploy its deploy directory
   */
  CommandLine(Path folder, Path deploy) {
    this.folder = folder;
    this.deploy = deploy;
  }

  /** The configuration file with the repositories and trusted signers of plugins. */
  Path settings() throws IOException {
    return Files.createDirectories(folder.resolve("conf")).resolve("plugins.properties");
  }

  Answer run(String... words) throws IOException, InterruptedException {
    return run("", words);
  }

  /**
   * @param javaOptions for its JVM
   */
  Answer run(String javaOptions, String[] words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(words));
    Path err = Files.createTempFile(folder, "command", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "BOOTSTRAP_VZ_STATE", folder.resolve("state").toString(),
                "BOOTSTRAP_VZ_CACHE", folder.resolve("state/cache").toString(),
                "BOOTSTRAP_VZ_LOG", folder.resolve("log").toString(),
                "BOOTSTRAP_VZ_CONF", settings().getParent().toString(),
                "BOOTSTRAP_VZ_DEPLOY", deploy.toString(),
                "BOOTSTRAP_VZ_JAVA_OPTIONS", javaOptions));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), out, Files.readString(err));
  }
}
