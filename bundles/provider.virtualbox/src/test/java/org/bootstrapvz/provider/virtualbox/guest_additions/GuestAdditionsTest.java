/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.guest_additions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.kernel.KernelVersion;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bsdtar reads tar archives like ISO images, so the test uses a tar archive. */
class GuestAdditionsTest {
  private static final String KERNEL = "6.12.48+deb13-amd64";
  private static final String MANIFEST =
      """
      name: debian
      provider: {name: virtualbox, guest_additions: additions.iso}
      bootstrapper: {workspace: /target}
      system: {release: trixie, architecture: amd64, bootloader: grub, charmap: UTF-8, locale: en_US, timezone: UTC}
      volume: {backing: vmdk, partitions: {type: gpt, root: {filesystem: ext4, size: 1GiB}}}
      """;

  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void makeBuild() throws IOException {
    build = new TestBuild(new ManifestChecker(new ManifestFiles(), folder).read(MANIFEST), folder);
    build.host().running();
    build.provide(KernelVersion.class, new KernelVersion(KERNEL));
    Files.createDirectories(build.root().path().resolve("lib/modules/" + KERNEL + "/build"));
  }

  /** An image of guest additions, next to the manifest. */
  private void makeIso(String member) throws Exception {
    Files.writeString(folder.resolve(member), "#!/bin/sh\n");
    build.run(
        Command.of("tar", "--create", "--file=" + folder.resolve("additions.iso"))
            .with("--directory=" + folder, member));
  }

  /**
   * The behaviour of commands in the image: the status of the installer, and the modules that find
   * prints.
   */
  private void installerEnds(int status, String... modules) {
    build
        .host()
        .answering(
            command -> command.arguments().get(0).equals("sh"),
            command -> {
              assertTrue(build.root().isFile(command.arguments().get(1)), "the installer is there");
              return TestSandbox.result(status, "the installer's last words");
            })
        .failing("find", modules.length == 0 ? 1 : 0, modules);
  }

  @Test
  void aMissingImageIsReportedWithTheLineOfTheManifest() {
    BuildException e =
        assertThrows(BuildException.class, () -> new CheckGuestAdditionsPath().run(build));
    assertEquals(
        folder.resolve("m.yml")
            + ":2:47: provider.guest_additions: there is no file "
            + folder.resolve("additions.iso"),
        e.getMessage());
  }

  @Test
  void anotherIsoImageIsRefused() throws Exception {
    makeIso("README");
    BuildException e =
        assertThrows(BuildException.class, () -> new CheckGuestAdditionsPath().run(build));
    assertTrue(
        e.getMessage()
            .endsWith(
                "additions.iso is not an ISO image of VirtualBox's guest additions: it has no VBoxLinuxAdditions.run"),
        e.getMessage());
  }

  @Test
  void anImageOfGuestAdditionsIsFoundNextToTheManifest() throws Exception {
    makeIso("VBoxLinuxAdditions.run");
    new CheckGuestAdditionsPath().run(build);
  }

  @Test
  void theInstallerRunsInTheImageWhateverItsStatusAndLeavesNothingBehind() throws Exception {
    makeIso("VBoxLinuxAdditions.run");
    installerEnds(2, "/lib/modules/" + KERNEL + "/misc/vboxguest.ko");
    new InstallGuestAdditions().run(build);
    Command installer = build.host().imageCommands().get(0);
    assertEquals(
        List.of("sh", "/mnt/guest_additions/VBoxLinuxAdditions.run", "--nox11"),
        installer.arguments());
    assertTrue(
        installer.environment().get("PATH").startsWith("/mnt/guest_additions/bin:"),
        "uname is asked there first");
    assertFalse(Files.exists(build.root().path().resolve("mnt/guest_additions")));
  }

  @Test
  void unameAnswersForTheKernelOfTheImageAndOtherwiseUnchanged() throws Exception {
    makeIso("VBoxLinuxAdditions.run");
    Path uname = build.root().path().resolve("mnt/guest_additions/bin/uname");
    build
        .host()
        .answering(
            command -> command.arguments().get(0).equals("sh"),
            command -> {
              assertEquals(KERNEL, answer(uname, "-r"));
              assertEquals("x86_64", answer(uname, "-m"));
              assertEquals("Linux", answer(uname, "-s"));
              assertEquals("Linux", answer(uname));
              return TestSandbox.result(0);
            })
        .answering("find", "/lib/modules/" + KERNEL + "/updates/dkms/vboxguest.ko.xz");
    new InstallGuestAdditions().run(build);
    assertEquals(2, build.host().imageCommands().size());
  }

  private String answer(Path uname, String... options) throws BuildException {
    return build.run(Command.of(uname.toString(), options)).text();
  }

  @Test
  void anInstallerThatCompiledNothingFailsTheBuildEvenIfItReportsSuccess() throws Exception {
    makeIso("VBoxLinuxAdditions.run");
    installerEnds(0);
    BuildException e =
        assertThrows(BuildException.class, () -> new InstallGuestAdditions().run(build));
    assertEquals(
        "The guest additions did not compile their modules for the kernel "
            + KERNEL
            + " (exit status 0):\nthe installer's last words\nAn ISO image of a newer VirtualBox may"
            + " know this kernel",
        e.getMessage());
  }

  @Test
  void theEndOfTheCompilersLogIsShown() throws Exception {
    makeIso("VBoxLinuxAdditions.run");
    installerEnds(1);
    Files.createDirectories(build.root().path().resolve("var/log"));
    Files.writeString(
        build.root().path().resolve("var/log/vboxadd-setup.log"),
        "line\n".repeat(40) + "error: x\n");
    BuildException e =
        assertThrows(BuildException.class, () -> new InstallGuestAdditions().run(build));
    assertTrue(e.getMessage().contains("\nerror: x\n"), e.getMessage());
    assertEquals(17, e.getMessage().lines().count(), e.getMessage());
  }

  @Test
  void withoutHeadersOfTheKernelTheInstallerIsNotEvenStarted() throws Exception {
    makeIso("VBoxLinuxAdditions.run");
    Files.delete(build.root().path().resolve("lib/modules/" + KERNEL + "/build"));
    BuildException e =
        assertThrows(BuildException.class, () -> new InstallGuestAdditions().run(build));
    assertTrue(e.getMessage().contains("no headers of its kernel " + KERNEL), e.getMessage());
    assertEquals(List.of(), build.host().imageCommands());
  }
}
