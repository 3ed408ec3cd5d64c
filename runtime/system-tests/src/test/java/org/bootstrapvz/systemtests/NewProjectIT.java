/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.systemtests.Distribution.Outcome;
import org.bootstrapvz.systemtests.Distribution.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Projects that {@code bootstrap-vz new} creates are built separately, deployed and used. */
class NewProjectIT {
  private Distribution distribution;
  private Path deploy;
  private Path repository;

  @BeforeEach
  void prepare() throws IOException {
    distribution = new Distribution("new");
    try (Stream<Path> old = Files.walk(distribution.folder())) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    deploy = Files.createDirectories(distribution.folder().resolve("deploy"));
    repository = Files.createDirectories(distribution.folder().resolve("m2/org")).getParent();
    // The artifacts that Maven has already downloaded, without those of bootstrap-vz, which must
    // come from the distribution.
    Path local =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    link(local, repository, "org");
    link(local.resolve("org"), repository.resolve("org"), "bootstrapvz");
  }

  private static void link(Path from, Path to, String not) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(path -> !path.endsWith(not)).toList()) {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
      }
    }
  }

  private Outcome run(List<String> command) throws Exception {
    try (Running running = distribution.start(command)) {
      return running.end();
    }
  }

  private Outcome bootstrapVz(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("env", "BOOTSTRAP_VZ_DEPLOY=" + deploy));
    words.add(distribution.command().toString());
    words.addAll(List.of(arguments));
    return run(words);
  }

  private Path generate(String kind, String name) throws Exception {
    Path project = distribution.folder().resolve(kind + "." + name);
    Outcome generated = bootstrapVz("new", kind, name, "--group=org.acme", "--dir=" + project);
    assertEquals(0, generated.status(), generated.output());
    return project;
  }

  /** Adds the command in the documentation to the project of the documentation. */
  private void addDocumentedCommand(Path project) throws Exception {
    String text =
        Files.readString(Distribution.REPOSITORY.resolve("docs/write-a-plugin.md"))
            .replaceFirst("(?s).*\n## Add a command\n", "");
    Path pom = project.resolve("pom.xml");
    Files.writeString(
        pom,
        Files.readString(pom)
            .replace("  </dependencies>", block(text, "xml") + "  </dependencies>"));
    Files.writeString(
        project.resolve("src/main/java/org/acme/plugin/post_it/PreviewCommand.java"),
        block(text, "java"));
  }

  private static String block(String text, String language) {
    String start = "```" + language + "\n";
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf("```", from));
  }

  private Path build(Path project) throws Exception {
    Outcome built =
        run(
            List.of(
                "mvn",
                "--batch-mode",
                "--quiet",
                "--offline",
                "-Daether.offline.protocols=file",
                "-Dmaven.repo.local=" + repository,
                "--file=" + project.resolve("pom.xml"),
                "verify"));
    assertEquals(0, built.status(), built.output());
    String jar = project.getFileName() + "-1.0.0-SNAPSHOT.jar";
    Files.copy(project.resolve("target").resolve(jar), deploy.resolve(jar));
    return project.resolve("manifest.yml");
  }

  @Test
  void aNewPluginAndANewProviderPassTheirTestsAndWorkInTheDeployDirectory() throws Exception {
    Path ofPlugin = build(generate("plugin", "post_it"));
    Path ofProvider = build(generate("provider", "shelf"));

    String listed = bootstrapVz("plugins").output();
    assertTrue(listed.matches("(?s).*plugin +post_it .* active .*"), listed);
    assertTrue(listed.matches("(?s).*provider +shelf .* active .*"), listed);
    Outcome plugin = bootstrapVz("plan", ofPlugin.toString());
    assertEquals(0, plugin.status(), plugin.output());
    assertTrue(plugin.output().contains("WritePostIt"), plugin.output());
    Outcome provider = bootstrapVz("plan", ofProvider.toString());
    assertEquals(0, provider.status(), provider.output());
    assertTrue(provider.output().contains("DescribeShelf"), provider.output());
  }

  @Test
  void theCommandInTheDocumentationCompilesAndIsListedAndRun() throws Exception {
    Path project = generate("plugin", "post_it");
    addDocumentedCommand(project);
    build(project);

    Outcome help = bootstrapVz("--help");
    assertTrue(help.output().matches("(?s).*\n +post-it +Print a text.*"), help.output());
    Outcome run = bootstrapVz("post-it", "Hello", "--author=me");
    assertEquals(0, run.status(), run.output());
    assertTrue(run.output().contains("Hello\n-- me"), run.output());
  }
}
