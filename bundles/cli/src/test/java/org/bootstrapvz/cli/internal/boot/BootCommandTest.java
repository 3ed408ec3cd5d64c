/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.arguments.CommandLine;
import org.bootstrapvz.cli.internal.arguments.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootCommandTest {
  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();

  private int run(String... words) throws UsageException {
    List<String> line = new ArrayList<>(List.of("boot"));
    line.addAll(List.of(words));
    CommandLine.Run run =
        assertInstanceOf(
            CommandLine.Run.class, new CommandLine(List.of(BootCommand.SYNTAX)).parse(line));
    // The search path of this terminal is empty, so nothing is ever started.
    return new BootCommand(terminal.plain()).run(run.arguments());
  }

  @ParameterizedTest
  @CsvSource({
    "--timeout=5 disk, --timeout needs --until",
    "--keep-running disk, --keep-running needs --until",
    "--append=quiet disk, --append needs --kernel",
    "--until=[ disk, '--until: \"[\" is no regular expression: Unclosed character class'",
    "--ssh-port=70000 disk, '--ssh-port: \"70000\" is not a whole number from 1 to 65535'",
  })
  void refusesOptionsThatMakeNoSense(String line, String message) {
    assertEquals(
        message, assertThrows(UsageException.class, () -> run(line.split(" "))).getMessage());
  }

  @Test
  void namesAnImageThatIsNotThere() throws UsageException {
    Path image = folder.resolve("none.qcow2");

    assertEquals(1, run(image.toString()));
    assertEquals(image + ": there is no such image\n", terminal.err());
  }

  @Test
  void namesAKernelThatIsNotThere() throws IOException, UsageException {
    Path image = Files.createFile(folder.resolve("disk.img"));
    Path kernel = folder.resolve("vmlinuz");

    assertEquals(1, run(image.toString(), "--kernel=" + kernel));
    assertEquals("--kernel: " + kernel + " cannot be read\n", terminal.err());
  }

  @Test
  void namesThePackageIfQemuIsMissing() throws IOException, UsageException {
    assertEquals(3, run(Files.createFile(folder.resolve("disk.img")).toString()));
    assertEquals(
        "qemu-system-x86_64 is not installed; the package qemu-system-x86 brings it:"
            + " apt-get install qemu-system-x86\n",
        terminal.err());
  }

  @Test
  void namesThePackageOfTheQemuForTheArchitecture() throws IOException, UsageException {
    Path image = Files.createFile(folder.resolve("disk.img"));

    assertEquals(3, run(image.toString(), "--arch=arm64"));
    assertEquals(
        "qemu-system-aarch64 is not installed; the package qemu-system-arm brings it:"
            + " apt-get install qemu-system-arm\n",
        terminal.err());
  }

  @Test
  void namesThePackageThatLooksForTheArchitectureInAnImageThatIsNotRaw()
      throws IOException, UsageException {
    Path image = Files.write(folder.resolve("disk"), new byte[] {'Q', 'F', 'I', (byte) 0xfb});

    assertEquals(3, run(image.toString()));
    assertEquals(
        "qemu-img is not installed; the package qemu-utils brings it:"
            + " apt-get install qemu-utils; or tell --arch\n",
        terminal.err());
  }

  @Test
  void refusesToStartWithABiosWhatHasNone() throws IOException, UsageException {
    Path image = Files.createFile(folder.resolve("disk.img"));

    assertEquals(1, run(image.toString(), "--arch=arm64", "--firmware=bios"));
    assertEquals(
        image + ": machines for arm64 have no BIOS. Leave --firmware out, or say uefi\n",
        terminal.err());
  }
}
