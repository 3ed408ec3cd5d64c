/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.bootstrapvz.cli.internal.reference.ReferenceCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootCommandTest {
  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();

  private int run(String... words) {
    List<String> line = new ArrayList<>(List.of("boot"));
    line.addAll(List.of(words));
    // The search path of this terminal is empty, so nothing is ever started.
    return new TestProgram()
        .with("boot", new BootCommand())
        .run(terminal.plain(), line.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--timeout=5 disk, --timeout requires --until",
    "--keep-running disk, --keep-running requires --until",
    "--append=quiet disk, --append requires --kernel",
    "--until=[ disk, '--until: \"[\" is not a valid regular expression: Unclosed character class'",
    "--ssh-port=70000 disk, '--ssh-port: \"70000\" is not a whole number from 1 to 65535'",
  })
  void refusesInvalidOptions(String line, String message) {
    assertEquals(2, run(line.split(" ")));
    assertEquals("bootstrap-vz: " + message, terminal.err().lines().findFirst().orElseThrow());
  }

  @Test
  void namesAMissingImage() {
    Path image = folder.resolve("none.qcow2");

    assertEquals(1, run(image.toString()));
    assertEquals(image + ": no such image\n", terminal.err());
  }

  @Test
  void namesAMissingKernel() throws IOException {
    Path image = Files.createFile(folder.resolve("disk.img"));
    Path kernel = folder.resolve("vmlinuz");

    assertEquals(1, run(image.toString(), "--kernel=" + kernel));
    assertEquals("--kernel: cannot read " + kernel + "\n", terminal.err());
  }

  @Test
  void namesThePackageIfQemuIsMissing() throws IOException {
    assertEquals(3, run(Files.createFile(folder.resolve("disk.img")).toString()));
    assertEquals(
        "qemu-system-x86_64 is not installed; install the package qemu-system-x86:"
            + " apt-get install qemu-system-x86\n",
        terminal.err());
  }

  @Test
  void namesThePackageOfTheQemuForTheArchitecture() throws IOException {
    Path image = Files.createFile(folder.resolve("disk.img"));

    assertEquals(3, run(image.toString(), "--arch=arm64"));
    assertEquals(
        "qemu-system-aarch64 is not installed; install the package qemu-system-arm:"
            + " apt-get install qemu-system-arm\n",
        terminal.err());
  }

  @Test
  void namesThePackageThatLooksForTheArchitectureInAnImageThatIsNotRaw() throws IOException {
    Path image = Files.write(folder.resolve("disk"), new byte[] {'Q', 'F', 'I', (byte) 0xfb});

    assertEquals(3, run(image.toString()));
    assertEquals(
        "qemu-img is not installed; install the package qemu-utils:"
            + " apt-get install qemu-utils; or set --arch\n",
        terminal.err());
  }

  @Test
  void refusesToBootArm64WithABios() throws IOException {
    Path image = Files.createFile(folder.resolve("disk.img"));

    assertEquals(1, run(image.toString(), "--arch=arm64", "--firmware=bios"));
    assertEquals(
        image + ": arm64 machines have no BIOS. Omit --firmware, or use --firmware=uefi\n",
        terminal.err());
  }

  @Test
  void everyOptionIsInCompletionAndManual() {
    ReferenceCheck.everyOptionIsDescribed(
        new TestProgram().with("boot", new BootCommand()).with("build", new BootCommand()).table());
  }
}
