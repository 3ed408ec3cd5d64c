/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.inject.Inject;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.testkit.StallDetector;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/**
 * A plugin compiled against the first version of the API, and one that needs a version that is not
 * available.
 */
@RunWith(PaxExam.class)
public class FrozenPluginIT {
  static final Path FROZEN =
      Path.of("src/test/resources/frozen/plugin-of-api-1.0.jar").toAbsolutePath();
  private static final String TASK = "org.acme.plugin.post_it.WritePostIt";

  @Inject private BundleContext context;
  private Platform platform;

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options()};
  }

  @Before
  public void startPlatform() throws Exception {
    platform = Platform.start(context);
    Files.createDirectories(Platform.WORK);
  }

  @Test
  public void aPluginCompiledAgainstTheFirstApiPlansAndRuns() throws Exception {
    Path copy =
        Files.copy(FROZEN, Files.createTempDirectory(Platform.WORK, "jar").resolve("p.jar"));
    platform.untilRegistered(
        Platform.task("Writing etc/post_it"), () -> Platform.deploy(copy, "frozen.jar"));
    Path manifest = Platform.WORK.resolve("frozen.yml");
    String trixie = Files.readString(PlansIT.manifests().get(0));
    Files.writeString(
        manifest,
        trixie.replaceFirst("(?s)\\nplugins:.*", "") + "\nplugins: {post_it: {text: Hello}}\n");

    Planner planner = platform.service(Planner.class);
    StallDetector.ofThisProcess()
        .until(
            () -> planner.plan(manifest).problems().toString(),
            () -> planner.plan(manifest).plan().isPresent());
    Planning planning = planner.plan(manifest);
    assertTrue(planning.plan().get().tasks().stream().anyMatch(task -> task.id().equals(TASK)));
    Task task =
        context.getService(
            context
                .getServiceReferences(Task.class, "(component.name=" + TASK + ")")
                .iterator()
                .next());
    TestManifest text = new TestManifest().with("plugins.post_it.text", "of {system.release}");
    try (TestBuild build = new TestBuild(text, Files.createTempDirectory(Platform.WORK, "build"))) {
      task.run(build);
      assertEquals("of trixie\n", build.root().read("etc/post_it"));
    }
  }

  @Test
  public void aPluginThatNeedsAnotherApiIsRefusedWithBothVersionsInTheMessage() throws Exception {
    Platform.deploy(changed("org.bootstrapvz.api.task;version=\"[2.3,3)\""), "other.jar");

    ExtensionInfo waiting = awaitWaiting("post_it");

    assertTrue(
        waiting.missing(),
        waiting
            .missing()
            .matches(".* org\\.bootstrapvz\\.api\\.task in version 2\\.3.* there is only 1\\..*"));
  }

  @Test
  public void aPluginThatIsInstalledFromARepositoryReachesARunningAppliance() throws Exception {
    Path folder = Files.createTempDirectory(Platform.WORK, "repository");
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.copy(FROZEN, plugins.resolve("post_it.jar"));
    CommandLine program = new CommandLine(folder, Platform.DEPLOY);
    program.run("plugins", "index", plugins.toString());

    platform.untilRegistered(
        Platform.task("Writing etc/post_it"),
        () -> assertDone(program.run("plugins", "install", "post_it", "--repository=" + plugins)));
    platform.untilUninstalled(
        bundle -> "org.acme.plugin.post_it".equals(bundle.getSymbolicName()),
        () -> assertDone(program.run("plugins", "remove", "post_it")));
  }

  private static void assertDone(CommandLine.Answer answer) {
    assertEquals(answer.all(), 0, answer.status());
  }

  /** The frozen plugin with a different import of a package. */
  static Path changed(String clause) throws IOException {
    Path file = Files.createTempFile(Platform.WORK, "changed", ".jar");
    try (JarFile jar = new JarFile(FROZEN.toFile())) {
      Manifest manifest = jar.getManifest();
      String imports = manifest.getMainAttributes().getValue("Import-Package");
      String name = clause.replaceFirst(";.*", "");
      String replaced =
          imports.replaceFirst(name.replace(".", "\\.") + ";version=\"[^\"]*\"", clause);
      assertTrue(imports, !imports.equals(replaced));
      manifest.getMainAttributes().putValue("Import-Package", replaced);
      try (OutputStream out = Files.newOutputStream(file);
          JarOutputStream target = new JarOutputStream(out, manifest)) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (!entry.getName().equals("META-INF/MANIFEST.MF")) {
            target.putNextEntry(new JarEntry(entry.getName()));
            jar.getInputStream(entry).transferTo(target);
          }
        }
      }
    }
    return file;
  }

  private ExtensionInfo awaitWaiting(String name) throws InterruptedException {
    return StallDetector.ofThisProcess()
        .first(
            () -> name + " is not waiting: " + extensions(),
            () ->
                extensions().stream()
                    .filter(info -> info.name().equals(name))
                    .filter(info -> info.state() == ExtensionInfo.State.WAITING)
                    .findFirst());
  }

  private List<ExtensionInfo> extensions() {
    return platform.service(ExtensionCatalog.class).extensions();
  }
}
