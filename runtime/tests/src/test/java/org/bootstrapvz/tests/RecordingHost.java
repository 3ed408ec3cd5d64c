/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestRoot;
import org.bootstrapvz.testkit.TestSandbox;

/**
 * Runs no commands, but creates the files that tasks expect after their commands: files of
 * packages, menus, archives.
 */
final class RecordingHost extends TestSandbox {
  private static final String KERNEL = "6.12.1-amd64";

  /** The files of packages, as far as tasks use them. */
  private static final Map<String, String> INSTALLED =
      Map.ofEntries(
          Map.entry("etc/passwd", "root:x:0:0:root:/root:/bin/bash\n"),
          Map.entry("etc/group", "root:x:0:\nadm:x:4:\n"),
          Map.entry("boot/vmlinuz-" + KERNEL, ""),
          Map.entry("boot/initrd.img-" + KERNEL, ""),
          Map.entry("usr/lib/EXTLINUX/mbr.bin", "c".repeat(440)),
          Map.entry("usr/lib/grub/i386-pc/boot.img", "c".repeat(512)),
          Map.entry("usr/lib/grub/x86_64-efi/modinfo.sh", ""),
          Map.entry("usr/lib/systemd/boot/efi/systemd-bootx64.efi", ""),
          Map.entry("usr/sbin/grub-probe", ""),
          Map.entry("usr/bin/grub-mkrelpath", ""),
          Map.entry("usr/sbin/update-initramfs", ""),
          Map.entry("usr/share/i18n/SUPPORTED", "en_US.UTF-8 UTF-8\n"),
          Map.entry("usr/share/zoneinfo/UTC", ""),
          Map.entry("usr/share/zoneinfo/Europe/Berlin", ""));

  /**
   * Two sectors; the first ends with a list of the sectors that follow: one, for address 0x8200.
   */
  private static final String GRUB_CORE = "c".repeat(508) + "\u0001\0 \b" + "c".repeat(512);

  private TestRoot root;

  RecordingHost() {
    answering(command -> command.toString().contains("mmdebstrap"), command -> packages())
        .answering(
            command -> command.arguments().contains("download-file"),
            command -> result(0, "-----BEGIN FILE-----", "Suite: stable", "Codename: trixie"))
        .answering(starting("dpkg-deb"), command -> inRoot(last(command).substring(1), "package"))
        .answering(
            starting("qemu-img convert"),
            command -> writing(Path.of(last(command)), " ".repeat(64)))
        .answering(
            command ->
                command.toString().contains("--file=") && command.arguments().contains("--create"),
            command ->
                writing(
                    Path.of(command.toString().replaceFirst(".*--file=(\\S+).*", "$1")), "packed"))
        .answering(
            starting("cp --archive --sparse"), command -> writing(Path.of(last(command)), "copied"))
        .answering("du", "4096\t/")
        .answering("stat", "8 512")
        .answering("linux-version", KERNEL)
        .answering("locale --all-locales", "C", "C.utf8", "en_US.utf8")
        .answering(
            command -> command.toString().startsWith("dpkg-divert") && removes(command),
            command -> inRoot("usr/sbin/update-initramfs", ""))
        .answering(starting("update-initramfs"), command -> inRoot("boot/initrd.img-" + KERNEL, ""))
        .answering(
            starting("update-grub"), command -> inRoot("boot/grub/grub.cfg", "linux /vmlinuz\n"))
        .answering(
            starting("grub-mkimage"),
            command -> {
              int output = command.arguments().indexOf("--output") + 1;
              return inRoot(command.arguments().get(output).substring(1), GRUB_CORE);
            });
  }

  private static Predicate<Command> starting(String start) {
    return command -> command.toString().startsWith(start);
  }

  private static boolean removes(Command command) {
    return command.arguments().contains("--remove");
  }

  /** Records the root of the build, into which packages are installed. */
  @Override
  public TestRoot root(Path path) {
    root = super.root(path);
    return root;
  }

  private CommandResult packages() throws IOException, BuildException {
    for (Map.Entry<String, String> file : INSTALLED.entrySet()) {
      root.write(file.getKey(), file.getValue());
    }
    return result(0);
  }

  private CommandResult inRoot(String file, String text) throws IOException, BuildException {
    root.write(file, text);
    return result(0);
  }

  private static String last(Command command) {
    return command.arguments().get(command.arguments().size() - 1);
  }

  private static CommandResult writing(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return result(0);
  }
}
