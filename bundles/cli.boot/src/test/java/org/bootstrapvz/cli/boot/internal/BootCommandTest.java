/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.bootstrapvz.cli.internal.reference.ReferenceCheck;
import org.bootstrapvz.testkit.TestMachine;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootCommandTest {
  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();

  /** A host without anything, so that nothing is ever started. */
  private final TestMachine host =
      new TestMachine(new TestSandbox())
          .withMissing("qemu-img", "qemu-system-x86_64", "qemu-system-aarch64")
          .withMissing("qemu-system-riscv64", "/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf")
          .withMissing("/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd")
          .withMissing("/usr/share/OVMF/OVMF32_CODE_4M.secboot.fd")
          .withMissing("/usr/share/OVMF/OVMF32_VARS_4M.fd")
          .withMissing("/usr/share/AAVMF/AAVMF_CODE.fd", "/usr/share/AAVMF/AAVMF_VARS.fd");

  private int run(String... words) {
    return run(host, words);
  }

  private int run(Machine machine, String... words) {
    List<String> line = new ArrayList<>(List.of("boot"));
    line.addAll(List.of(words));
    return new TestProgram()
        .with("boot", new BootCommand(() -> machine))
        .run(terminal.plain(), line.toArray(String[]::new));
  }

  /** The host, but the installation of packages fails. */
  private Machine failing(Function<Object, BuildException> failure) {
    return (Machine)
        Proxy.newProxyInstance(
            Machine.class.getClassLoader(),
            new Class<?>[] {Machine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("install")) {
                throw failure.apply(arguments[0]);
              }
              return method.invoke(host, arguments);
            });
  }

  private Path disk() throws IOException {
    return Files.createFile(folder.resolve("disk.img"));
  }

  @ParameterizedTest
  @CsvSource({
    "--timeout=5 disk, --timeout requires --until",
    "--keep-running disk, --keep-running requires --until",
    "--append=quiet disk, --append requires --kernel",
    "--until=[ disk, '--until: \"[\" is not a valid regular expression: Unclosed character class'",
    "--arch=mips disk, '--arch: \"mips\" is not one of amd64, i386, arm64, riscv64'",
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
    Path image = disk();

    assertEquals(3, run(image.toString()));
    assertEquals(
        """
        The host lacks what booting %s needs: qemu-system-x86_64 (qemu-system-x86)
        Install it with
          apt-get install qemu-system-x86
        or add --install-missing
        """
            .formatted(image),
        terminal.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--arch=amd64 --firmware=bios, qemu-system-x86",
    "--arch=amd64 --firmware=uefi, ovmf qemu-system-x86",
    "--arch=i386, qemu-system-x86",
    "--arch=i386 --firmware=uefi, ovmf-ia32 qemu-system-x86",
    "--arch=arm64, qemu-efi-aarch64 qemu-system-arm",
    "--arch=arm64 --firmware=uefi, qemu-efi-aarch64 qemu-system-arm",
    "--arch=riscv64, qemu-system-riscv u-boot-qemu",
    "--arch=riscv64 --firmware=uefi, qemu-system-riscv u-boot-qemu",
    "--arch=riscv64 --kernel=/dev/null, qemu-system-riscv",
  })
  void namesAllPackagesThatAreMissingAtOnce(String options, String packages) throws IOException {
    List<String> words = new ArrayList<>(List.of(options.split(" ")));
    words.add(disk().toString());

    assertEquals(3, run(words.toArray(String[]::new)));
    assertEquals("  apt-get install " + packages, terminal.err().lines().toList().get(2));
  }

  @Test
  void namesTheFilesOfTheFirmwareThatAreMissing() throws IOException {
    assertEquals(3, run(disk().toString(), "--arch=arm64"));
    assertTrue(
        terminal
            .err()
            .contains(
                " needs: /usr/share/AAVMF/AAVMF_CODE.fd (qemu-efi-aarch64),"
                    + " /usr/share/AAVMF/AAVMF_VARS.fd (qemu-efi-aarch64), qemu-system-aarch64"
                    + " (qemu-system-arm)\n"),
        terminal.err());
  }

  @Test
  void namesThePackageThatLooksForTheArchitectureInAnImageThatIsNotRaw() throws IOException {
    Path image = Files.write(folder.resolve("disk"), new byte[] {'Q', 'F', 'I', (byte) 0xfb});

    assertEquals(3, run(image.toString()));
    assertEquals(
        """
        The host lacks what booting %s needs: qemu-img (qemu-utils)
        Install it with
          apt-get install qemu-utils
        or add --install-missing
        Without it, the architecture of the image is unknown, and so is what else is missing. \
        Or set --arch to one of amd64, i386, arm64, riscv64
        """
            .formatted(image),
        terminal.err());
  }

  @Test
  void installsAllMissingPackagesAtOnceOnRequest() throws IOException {
    Machine refusing = failing(packages -> new BuildException("Only root may install " + packages));

    assertEquals(3, run(refusing, disk().toString(), "--arch=riscv64", "--install-missing"));
    assertEquals(
        """
        Installing host packages: qemu-system-riscv u-boot-qemu
        Only root may install [qemu-system-riscv, u-boot-qemu]
        """,
        terminal.err());
  }

  @Test
  void startsNothingIfTheInstallationIsInterrupted() throws IOException {
    Machine interrupted = failing(packages -> new BuildCancelledException());

    assertEquals(130, run(interrupted, disk().toString(), "--install-missing"));
    assertEquals(
        "Installing host packages: qemu-system-x86\nInterrupted; no machine was started\n",
        terminal.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"arm64", "riscv64"})
  void refusesToBootWithABiosWhereThereIsNone(String architecture) throws IOException {
    Path image = disk();

    assertEquals(1, run(image.toString(), "--arch=" + architecture, "--firmware=bios"));
    assertEquals(
        image
            + ": "
            + architecture
            + " machines have no BIOS. Omit --firmware, or use --firmware=uefi\n",
        terminal.err());
  }

  @Test
  void refusesToBootAKernelForRiscvWithUefi() throws IOException {
    Path image = disk();

    assertEquals(
        1, run(image.toString(), "--arch=riscv64", "--firmware=uefi", "--kernel=/dev/null"));
    assertEquals(
        image
            + ": riscv64 machines start the kernel of --kernel without UEFI. Omit --firmware, or"
            + " --kernel\n",
        terminal.err());
  }

  @Test
  void refusesAnImageForAnArchitectureThatItDoesNotKnow() throws IOException {
    ByteBuffer disk = ByteBuffer.allocate(34 * 512).order(ByteOrder.LITTLE_ENDIAN);
    disk.put(512, "EFI PART".getBytes(StandardCharsets.US_ASCII));
    disk.putLong(512 + 72, 2).putInt(512 + 80, 1).putInt(512 + 84, 128);
    // 5eead9a9-fe09-4a1e-a1d7-520d00531306
    disk.putInt(1024, 0x5eead9a9).putShort(1028, (short) 0xfe09).putShort(1030, (short) 0x4a1e);
    disk.order(ByteOrder.BIG_ENDIAN).putLong(1032, 0xa1d7520d00531306L);
    Path image = Files.write(folder.resolve("disk.img"), disk.array());

    assertEquals(1, run(image.toString()));
    assertEquals(
        image
            + ": the root partition has the type for s390x, but boot supports only amd64, i386,"
            + " arm64, riscv64. If the type is wrong, set --arch\n",
        terminal.err());
  }

  @Test
  void everyOptionIsInCompletionAndManual() {
    ReferenceCheck.everyOptionIsDescribed(
        new TestProgram()
            .with("boot", new BootCommand(() -> host))
            .with("build", new BootCommand(() -> host))
            .table());
  }
}
