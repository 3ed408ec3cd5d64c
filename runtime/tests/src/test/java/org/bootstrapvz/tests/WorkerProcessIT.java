/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.tests.sample.Unruly;
import org.bootstrapvz.tests.sample.UnrulyProvider;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/** An appliance runs each build in a process of its own, from the bundles of its plan. */
@RunWith(PaxExam.class)
public class WorkerProcessIT {
  private static final Path CONF = Platform.WORK.resolve("worker-conf");

  @Inject private BundleContext context;
  private Platform platform;
  private ApplianceClient appliance;

  @Configuration
  public Option[] configuration() {
    return Platform.appliance(CONF);
  }

  @Before
  public void startAppliance() throws Exception {
    Files.createDirectories(CONF);
    Files.writeString(CONF.resolve("org.bootstrapvz.appliance.http.cfg"), "port = 0\n");
    Platform.clean(ApplianceClient.STATE);
    platform = Platform.start(context);
    platform.startAppliance();
    appliance = new ApplianceClient();
  }

  @After
  public void stopAppliance() throws Exception {
    platform.stopAppliance();
  }

  private String submit(String name) throws Exception {
    String manifest =
        Files.readString(SampleManifest.write(name, "{}"))
            .replace("name: sample\nprovider", "name: " + name + "\nprovider")
            .replace("name: sample", "name: unruly");
    return appliance.submit(manifest);
  }

  @Test
  public void whateverAPluginDoesToItsProcessEndsOneBuildWhichSaysSo() throws Exception {
    Path jar =
        new SampleBundle("org.acme.unruly", "1.0.0")
            .importing("org.bootstrapvz.api.host;version=\"[1,2)\"")
            .provider("unruly", UnrulyProvider.class)
            .task(Unruly.class, Phase.PREPARATION, "Doing what the name says")
            .write();
    Platform.deploy(jar, "unruly.jar");
    platform.awaitCatalog("unruly", ExtensionInfo.State.ACTIVE);

    String exits = submit("exits");
    String crashes = submit("crashes");
    String devours = submit("devours");
    String behaves = submit("behaves");

    assertFailed(appliance.ended(exits), "ended with status 7 before the build had ended");
    String crashed = appliance.ended(crashes);
    assertFailed(crashed, "crashed in native code");
    assertTrue(crashed, crashed.contains("SIGSEGV (0xb)"));
    assertFailed(appliance.ended(devours), "ran out of memory");
    String last = appliance.ended(behaves);
    assertTrue(last, last.contains("\"state\":\"succeeded\""));
    assertTrue(appliance.get("/api/v1/builds/" + behaves + "/log").contains("printed by a plugin"));
    assertEquals(200, appliance.send("/health").statusCode());
    assertEquals(
        List.of(),
        ProcessHandle.current()
            .descendants()
            .map(ProcessHandle::info)
            .filter(info -> info.commandLine().orElse("").contains("launcher.jar worker"))
            .toList());
    Files.delete(Platform.DEPLOY.resolve("unruly.jar"));
  }

  private static void assertFailed(String build, String reason) {
    assertTrue(build, build.contains("\"state\":\"failed\""));
    assertTrue(build, build.contains(reason));
    assertTrue(build, build.contains("It was running the task"));
    assertTrue(build, build.contains("of the bundle org.acme.unruly 1.0.0"));
  }
}
