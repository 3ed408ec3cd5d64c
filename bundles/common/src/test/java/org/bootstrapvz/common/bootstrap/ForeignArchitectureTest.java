/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.BootstrapSource;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignArchitectureTest {
  private static final String TOLD =
      ": this machine, which is amd64, cannot run programs for s390x, but building the image runs its programs. Install arch-test and qemu-user-binfmt (before trixie qemu-user-static)"
          + " and make sure that binfmt_misc is mounted, or build on a machine of that architecture";

  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private String without = "nothing";

  private String refused(TestSandbox sandbox, String mirror) throws Exception {
    TestBuild build = new TestBuild(manifest, folder, sandbox);
    build.machine().withMissing(without);
    build.provide(Root.class, sandbox.root(Files.createDirectory(folder.resolve("root"))));
    build.provide(
        BootstrapSource.class,
        new BootstrapSource(Source.parse("main", "deb " + mirror + " trixie main")));
    return assertThrows(BuildException.class, () -> BaseSystem.of(build).install()).getMessage();
  }

  private static TestSandbox running() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mmdebstrap")));
    assumeTrue(System.getProperty("user.name").equals("root"), "mmdebstrap wants to be root");
    return new TestSandbox().running();
  }

  @Test
  void anArchitectureTheMachineCannotEmulateIsReportedWithItsLocationBeforeADownload()
      throws Exception {
    manifest.with("system.architecture", "s390x");
    TestSandbox real = running();
    // The commands with which mmdebstrap checks the architecture fail, whatever this machine can
    // emulate.
    Path none = Files.writeString(folder.resolve("arch-test"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(none, PosixFilePermissions.fromString("rwxr-xr-x"));
    TestSandbox sandbox =
        new TestSandbox()
            .answering(
                command -> command.arguments().get(0).equals("mmdebstrap"),
                command ->
                    real.run(
                        command
                            .env("PATH", folder + ":/usr/sbin:/usr/bin:/sbin:/bin")
                            .accepting(0, 1, 2, 25)));

    assertEquals(
        "manifest.yml: system.architecture" + TOLD,
        refused(sandbox, "http://mirror.example.org/debian"));
  }

  @Test
  void programsOfAnArchitectureTheMachineCannotEmulateAreReportedWithTheirLocation()
      throws Exception {
    manifest.with("system.userspace_architecture", "s390x");
    TestSandbox sandbox =
        new TestSandbox()
            .failing("mmdebstrap", 1, "E: install arch-test for foreign architecture support");

    assertEquals(
        "manifest.yml: system.userspace_architecture" + TOLD,
        refused(sandbox, "http://mirror.example.org/debian"));
  }

  @Test
  void theErrorOfDebootstrapIsRecognisedToo() throws Exception {
    manifest.with("system.architecture", "s390x");
    without = "mmdebstrap";
    TestSandbox sandbox =
        new TestSandbox().failing("debootstrap", 1, "E: Unable to execute target architecture");

    assertEquals(
        "manifest.yml: system.architecture" + TOLD,
        refused(sandbox, "http://mirror.example.org/debian"));
  }

  @Test
  void anotherFailureToInstallTheBaseSystemIsReportedUnchanged() throws Exception {
    String mirror = "file://" + folder.resolve("none");

    String message = refused(running(), mirror);

    assertTrue(message.startsWith("The command ended with status "), message);
    assertTrue(message.contains(mirror), message);
  }
}
