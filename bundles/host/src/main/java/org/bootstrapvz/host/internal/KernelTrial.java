/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tries whether the kernel runs a {@link TestProgram}. With the privilege to do so, the program
 * runs like one of an image: in a root directory without any other file.
 */
final class KernelTrial implements ProgramTrial {
  private static final long TIMEOUT_SECONDS = 20;
  private static final String NAME = "program";

  /** How the JDK and chroot report that a file must not be executed. */
  private static final List<String> FORBIDDEN = List.of("error=13,", ": Permission denied");

  private final List<Path> directories;
  private final Map<String, String> environment;

  /**
   * @param directories where to write the program; those mounted with {@code noexec} are passed
   *     over
   * @param environment of the command chroot
   */
  KernelTrial(List<Path> directories, Map<String, String> environment) {
    this.directories = directories;
    this.environment = environment;
  }

  @Override
  public Outcome run(TestProgram program, boolean isolated)
      throws IOException, InterruptedException {
    for (Path directory : directories) {
      Path folder = Files.createTempDirectory(directory, "bootstrap-vz-");
      try {
        Outcome outcome = run(program, isolated, folder);
        if (outcome != Outcome.UNKNOWN) {
          return outcome;
        }
      } finally {
        delete(folder);
      }
    }
    return Outcome.UNKNOWN;
  }

  private Outcome run(TestProgram program, boolean isolated, Path folder)
      throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve(NAME), program.file());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    Path said = folder.resolve("output");
    List<String> command =
        isolated ? List.of("chroot", folder.toString(), "/" + NAME) : List.of(file.toString());
    // A file that the kernel refuses is passed to a shell by the JDK. The shell takes 0x3e, which
    // is
    // the number of amd64 in an ELF file, for a redirection: it creates a file in this directory.
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return forbidden(String.valueOf(e.getMessage())) ? Outcome.UNKNOWN : Outcome.FAILS;
    }
    try {
      if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          && process.exitValue() == TestProgram.STATUS) {
        return Outcome.RUNS;
      }
    } finally {
      process.destroyForcibly();
    }
    String output = new String(Files.readAllBytes(said), StandardCharsets.ISO_8859_1);
    return forbidden(output) ? Outcome.UNKNOWN : Outcome.FAILS;
  }

  private static boolean forbidden(String message) {
    return FORBIDDEN.stream().anyMatch(message::contains);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
