/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every provider and plugin next to all installed bundles: its jar is copied into
 * the deploy directory of the distribution at the path in the system property {@value #HOME}.
 */
public abstract class DistributionContract {
  /** The system property with the path of the distribution. */
  public static final String HOME = "bootstrapvz.home";

  /** The result of a bootstrap-vz command. */
  private record Ended(int status, String output) {}

  @TempDir Path folder;

  /** For subclasses. */
  protected DistributionContract() {}

  /** Returns the jar. */
  protected abstract Path jar();

  /** Returns a manifest that uses the provider or plugin. */
  protected abstract Path manifest();

  /** Returns the secrets in the manifest. */
  protected List<Secret> secrets() {
    return List.of();
  }

  @BeforeEach
  void drop() throws IOException {
    Files.createDirectory(folder.resolve("deploy"));
    Files.copy(jar(), folder.resolve("deploy").resolve(jar().getFileName()));
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    String home = System.getProperty(HOME);
    if (home == null || !Files.isExecutable(Path.of(home, "bin/bootstrap-vz"))) {
      throw new IllegalStateException(
          "The system property " + HOME + " names no distribution of bootstrap-vz: " + home);
    }
    List<String> words = new ArrayList<>(List.of(home + "/bin/bootstrap-vz"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    for (String name : List.of("DEPLOY", "STATE", "LOG", "CACHE")) {
      Path own = Files.createDirectories(folder.resolve(name.toLowerCase(java.util.Locale.ROOT)));
      builder.environment().put("BOOTSTRAP_VZ_" + name, own.toString());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** Metadata, next to all other bundles. */
  @Test
  public void itIsActiveBesideAllThatIsInstalled() throws Exception {
    String symbolicName = BundleContent.of(jar()).symbolicName();

    List<String> lines =
        run("plugins").output().lines().filter(line -> line.contains(symbolicName)).toList();

    assertFalse(lines.isEmpty(), symbolicName + " is not listed");
    lines.forEach(line -> assertTrue(line.contains(" active "), line));
  }

  /** Plans. */
  @Test
  public void twoPlansOfItsManifestAreEqualHoldItsTasksAndShowNoSecret() throws Exception {
    Ended first = run("plan", "--format=json", manifest().toString());
    Ended second = run("plan", "--format=json", manifest().toString());

    assertEquals(0, first.status(), first.output());
    assertEquals(first.output(), second.output());
    assertTrue(
        BundleContent.of(jar()).tasks().stream()
            .anyMatch(task -> first.output().contains("\"" + task.implementation() + "\"")),
        first.output());
    for (Secret secret : secrets()) {
      assertFalse(first.output().contains(secret.reveal()), "a secret is in the plan");
    }
  }

  /** A dry run. */
  @Test
  public void aDryRunChangesNothing() throws Exception {
    List<Path> before = files();

    Ended ended = run("build", "--dry-run", manifest().toAbsolutePath().toString());

    assertEquals(0, ended.status(), ended.output());
    assertEquals(before, files());
    for (Secret secret : secrets()) {
      assertFalse(ended.output().contains(secret.reveal()), "a secret is shown");
    }
  }

  /** Returns the files next to the manifest, the base of its relative paths. */
  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(manifest().toAbsolutePath().getParent())) {
      return found.sorted().toList();
    }
  }
}
