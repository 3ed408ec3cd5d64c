/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.extension.ExtensionInfo.State;
import org.bootstrapvz.tests.sample.FailingActivator;
import org.bootstrapvz.tests.sample.FailingPlugin;
import org.bootstrapvz.tests.sample.HangingActivator;
import org.bootstrapvz.tests.sample.HangingPlugin;
import org.bootstrapvz.tests.sample.MarkerPlugin;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Broken jars: each is reported, and none affects the other files in the deploy directory. */
@RunWith(PaxExam.class)
public class BadJarsIT {
  private static final int LARGE = 200 << 20;

  @Inject private BundleContext context;
  private Platform platform;
  private int bundles;

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options()};
  }

  @Before
  public void startPlatform() throws Exception {
    platform = Platform.start(context);
    bundles = context.getBundles().length;
  }

  private static SampleBundle plugin(String name) throws Exception {
    return new SampleBundle("org.acme." + name, "1.0.0")
        .plugin(name, MarkerPlugin.class)
        .type("org.bootstrapvz.tests.sample.Mark");
  }

  private void assertRefused(ExtensionInfo info, String why) {
    assertTrue(info.missing(), info.missing().contains(why));
    assertEquals("one sentence", 1, info.missing().lines().count());
    assertEquals("of the jar nothing is left", bundles, context.getBundles().length);
  }

  /** The file after it is deployed as usual. */
  private void assertOtherJarsAreDeployed() throws Exception {
    Platform.deploy(plugin("sound").write(), "sound.jar");
    platform.awaitCatalog("sound", State.ACTIVE);
  }

  @Test
  public void aFileOf200MebibytesThatIsNotAJarIsRefusedWithoutBeingRead() throws Exception {
    Path large = Files.createTempFile(Platform.WORK, "large", ".jar");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(LARGE);
    }
    Platform.deploy(large, "large.jar");
    ExtensionInfo refused = platform.awaitCatalog("large.jar", State.REFUSED);
    assertEquals(Kind.BUNDLE, refused.kind());
    assertRefused(refused, "The file large.jar is not a jar");
    assertOtherJarsAreDeployed();
  }

  @Test
  public void aJarThatIsCopiedSlowlyIsReportedAndDeployedWhenItIsComplete() throws Exception {
    byte[] content = Files.readAllBytes(plugin("slow").write());
    Path file = Platform.DEPLOY.resolve("slow.jar");
    Files.write(file, Arrays.copyOf(content, content.length / 2));
    ExtensionInfo half = platform.awaitCatalog("slow.jar", State.REFUSED);
    assertRefused(half, "its copy is incomplete");
    Files.write(file, content);
    assertEquals("slow", platform.awaitCatalog("slow", State.ACTIVE).name());
    platform.untilNothingIs(State.REFUSED);
  }

  @Test
  public void ofTwoPluginsOfOneNameTheFirstIsUsedAndTheSecondReplacesItWhenItIsRemoved()
      throws Exception {
    Platform.deploy(plugin("twin").write(), "first.jar");
    platform.awaitCatalog("org.acme.twin", State.ACTIVE);
    Platform.deploy(
        new SampleBundle("org.other.twin", "1.0.0")
            .plugin("twin", MarkerPlugin.class)
            .type("org.bootstrapvz.tests.sample.Mark")
            .write(),
        "second.jar");
    ExtensionInfo second = platform.awaitCatalog("org.other.twin", State.WAITING);
    assertEquals("twin", second.name());
    assertTrue(second.missing(), second.missing().contains("org.acme.twin 1.0.0"));
    platform.awaitCatalog("org.acme.twin", State.ACTIVE);
    Files.delete(Platform.DEPLOY.resolve("first.jar"));
    platform.awaitCatalog("org.other.twin", State.ACTIVE);
  }

  @Test
  public void aPluginThatCannotBeActivatedIsRefusedWithTheReasonAndTheOldOneIsUsed()
      throws Exception {
    Platform.deploy(plugin("signer").write(), "signer.jar");
    platform.awaitCatalog("signer", State.ACTIVE);
    bundles++;
    Platform.deploy(
        new SampleBundle("org.acme.signer", "2.0.0").plugin("signer", FailingPlugin.class).write(),
        "signer.jar");
    ExtensionInfo refused = platform.awaitCatalog("signer", State.REFUSED);
    assertEquals("2.0.0", refused.version());
    assertRefused(refused, "the plugin has no licence");
    assertEquals("1.0.0", platform.awaitCatalog("signer", State.ACTIVE).version());
    Platform.deploy(
        new SampleBundle("org.acme.signer", "3.0.0").activator(FailingActivator.class).write(),
        "signer.jar");
    do {
      refused = platform.awaitCatalog("signer", State.REFUSED);
    } while (!refused.version().equals("3.0.0"));
    assertRefused(refused, "the bundle has no licence");
    assertOtherJarsAreDeployed();
  }

  @Test
  public void aPluginWhoseActivationHangsIsRefusedAndTheNextFileIsDeployed() throws Exception {
    Platform.deploy(
        new SampleBundle("org.acme.sleeper", "1.0.0")
            .plugin("sleeper", HangingPlugin.class)
            .write(),
        "sleeper.jar");
    Platform.deploy(
        new SampleBundle("org.acme.slumberer", "1.0.0").activator(HangingActivator.class).write(),
        "slumberer.jar");
    assertOtherJarsAreDeployed();
    bundles++;
    ExtensionInfo component = platform.awaitCatalog("sleeper", State.REFUSED);
    assertEquals(Kind.PLUGIN, component.kind());
    assertTrue(component.missing(), component.missing().contains("does not return"));
    ExtensionInfo activator = platform.awaitCatalog("slumberer", State.REFUSED);
    platform.untilThereAre(0, "org.acme.sleeper");
    platform.untilThereAre(0, "org.acme.slumberer");
    assertRefused(activator, "does not return");
    assertFalse(
        "no thread is left",
        Stream.of(threads()).anyMatch(thread -> thread.getName().startsWith("bootstrapvz-start")));
    assertTrue(
        Stream.of(context.getBundles()).allMatch(bundle -> bundle.getState() != Bundle.STARTING));
  }

  private static Thread[] threads() {
    return Thread.getAllStackTraces().keySet().toArray(Thread[]::new);
  }
}
