/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bootstrapvz.api.host.UnsupportedArchitecture;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.host.internal.ProgramTrial.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An amd64 machine whose system directories and commands a test writes. */
class ForeignProgramsTest {
  private static final String BINFMT = "proc/sys/fs/binfmt_misc/";
  private static final String ENTRY = BINFMT + "qemu-aarch64";
  private static final String DESCRIPTION = "usr/lib/binfmt.d/qemu-aarch64.conf";
  private static final String ELSEWHERE = "; or build on a machine of that architecture";

  private final List<String> output = new ArrayList<>();

  /** The kernel runs programs of all architectures for which a format is registered. */
  private ProgramTrial kernel = (program, isolated) -> registered();

  @TempDir private Path root;

  @BeforeEach
  void bookwormAsRoot() throws IOException {
    file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
    user(0, "0 0 4294967295\n");
    script("dpkg", "echo amd64");
  }

  private Path file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void user(int id, String map) throws IOException {
    file("proc/self/status", "Uid:\t%1$d\t%1$d\t%1$d\t%1$d\n".formatted(id));
    file("proc/self/uid_map", map);
  }

  private void script(String name, String text) throws IOException {
    assertTrue(file("bin/" + name, "#!/bin/sh\n" + text + "\n").toFile().setExecutable(true));
  }

  private void mounted() throws IOException {
    file(BINFMT + "status", "enabled\n");
    file(BINFMT + "register", "");
  }

  /** Mounts a binfmt_misc without entries. */
  private void mountCommand() throws IOException {
    script(
        "mount",
        "echo mount \"$@\"; d=%s; mkdir -p $d; echo enabled >$d/status; : >$d/register"
            .formatted(root.resolve(BINFMT)));
  }

  /** Installs the description of the format, as outside of systemd. */
  private void aptCommand() throws IOException {
    Path line = file("line", BinaryFormatTest.ARM64_LINE + "\n");
    Path description = root.resolve(DESCRIPTION);
    script(
        "apt-get",
        "echo apt-get \"$@\"; mkdir -p %s; cp %s %s"
            .formatted(description.getParent(), line, description));
  }

  private Outcome registered() throws IOException {
    boolean entry = Files.exists(root.resolve(ENTRY));
    Path register = root.resolve(BINFMT + "register");
    return entry || Files.exists(register) && Files.size(register) > 0
        ? Outcome.RUNS
        : Outcome.FAILS;
  }

  private LinuxMachine machine() {
    return new LinuxMachine(
        root, Map.of("PATH", root.resolve("bin") + ":/usr/bin:/bin"), (p, i) -> kernel.run(p, i));
  }

  private UnsupportedArchitecture obstacle(String architecture) {
    return machine().unsupported(architecture).orElseThrow();
  }

  private void assertObstacle(String cause, String packages, String remedy) {
    assertEquals(
        new UnsupportedArchitecture(
            "amd64",
            "arm64",
            cause,
            new TreeSet<>(packages.isEmpty() ? List.of() : List.of(packages)),
            remedy + ELSEWHERE),
        obstacle("arm64"));
  }

  @Test
  void programsForTheMachineItselfAreNotTried() {
    kernel =
        (program, isolated) -> {
          throw new AssertionError("No trial is needed");
        };

    assertEquals(Optional.empty(), machine().unsupported("amd64"));
  }

  @Test
  void programsThatTheKernelRunsNeedNoEntry() {
    kernel = (program, isolated) -> Outcome.RUNS;

    assertEquals(Optional.empty(), machine().unsupported("i386"));
  }

  @Test
  void withoutADirectoryForTheTrialNothingIsReported() {
    kernel = (program, isolated) -> Outcome.UNKNOWN;

    assertEquals(Optional.empty(), machine().unsupported("arm64"));
  }

  @Test
  void aKernelWithout32BitProgramsIsTheCauseOnAPc() {
    UnsupportedArchitecture found = obstacle("i386");

    assertEquals("Its kernel does not run 32-bit programs", found.cause());
    assertTrue(found.packages().isEmpty(), "Debian has no emulator for them");
  }

  @Test
  void binfmtMiscThatIsNotMounted() {
    assertObstacle(
        "binfmt_misc, by which the kernel finds an emulator, is not mounted",
        "qemu-user-static",
        "As root, build with --install-missing, or run: apt-get install qemu-user-static; mount -t"
            + " binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc; systemctl restart"
            + " systemd-binfmt");
  }

  @ParameterizedTest
  @CsvSource({
    "debian, 12, qemu-user-static",
    "debian, 13, qemu-user-binfmt",
    "debian, '', qemu-user-binfmt",
    "ubuntu, 24.04, qemu-user-static",
  })
  void thePackageIsThatOfTheRelease(String id, String version, String name) throws IOException {
    mounted();
    file("etc/os-release", "ID=" + id + "\n" + (version.isEmpty() ? "" : "VERSION_ID=" + version));

    assertObstacle(
        "No emulator is registered in binfmt_misc",
        name,
        "As root, build with --install-missing, or run: apt-get install "
            + name
            + "; systemctl restart systemd-binfmt");
  }

  @Test
  void anInstalledEmulatorThatIsNotRegistered() throws IOException {
    mounted();
    file(DESCRIPTION, BinaryFormatTest.ARM64_LINE + "\n");

    assertObstacle(
        "No emulator is registered in binfmt_misc",
        "",
        "As root, build with --install-missing, or run: systemctl restart systemd-binfmt");
  }

  @Test
  void binfmtMiscThatIsDisabled() throws IOException {
    mounted();
    file(BINFMT + "status", "disabled\n");

    assertObstacle(
        "binfmt_misc is disabled", "", "As root, run: echo 1 > /proc/sys/fs/binfmt_misc/status");
  }

  @Test
  void anEntryThatIsDisabled() throws IOException {
    mounted();
    kernel = (program, isolated) -> Outcome.FAILS;
    file(ENTRY, BinaryFormatTest.ARM64_ENTRY.replace("enabled", "disabled"));

    assertObstacle(
        "The entry qemu-aarch64 of binfmt_misc is disabled",
        "",
        "As root, run: echo 1 > /proc/sys/fs/binfmt_misc/qemu-aarch64");
  }

  /** The trial of an ordinary user succeeds, since the interpreter is on the host. */
  @Test
  void anEntryWhoseInterpreterIsNotFoundInAnImage() throws IOException {
    mounted();
    user(1000, "0 0 4294967295\n");
    file(ENTRY, BinaryFormatTest.ARM64_ENTRY.replace("POF", "PO"));

    assertObstacle(
        "The entry qemu-aarch64 of binfmt_misc lacks the flag F, without which"
            + " /usr/libexec/qemu-binfmt/aarch64-binfmt-P is not found in an image",
        "",
        "As root, run: echo -1 > /proc/sys/fs/binfmt_misc/qemu-aarch64; apt-get install"
            + " --reinstall qemu-user-static; systemctl restart systemd-binfmt");
  }

  @Test
  void anOrdinaryUserMayUseARegisteredEmulator() throws IOException {
    mounted();
    user(1000, "0 0 4294967295\n");
    file(ENTRY, BinaryFormatTest.ARM64_ENTRY);

    assertEquals(Optional.empty(), machine().unsupported("arm64"));
  }

  @Test
  void anInterpreterThatDoesNotWork() throws IOException {
    mounted();
    kernel = (program, isolated) -> Outcome.FAILS;
    file(ENTRY, BinaryFormatTest.ARM64_ENTRY);

    assertEquals(
        "/usr/libexec/qemu-binfmt/aarch64-binfmt-P, which the entry qemu-aarch64 of binfmt_misc"
            + " names, does not run a test program",
        obstacle("arm64").cause());
  }

  @Test
  void rootMountsInstallsAndRegistersWhatIsMissing() throws Exception {
    mountCommand();
    aptCommand();

    machine().support("arm64", output::add);

    assertTrue(
        output.contains("mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc"),
        output.toString());
    assertTrue(
        output.contains("apt-get install --yes --no-install-recommends qemu-user-static"),
        output.toString());
    assertEquals(BinaryFormatTest.ARM64_LINE, Files.readString(root.resolve(BINFMT + "register")));
    assertEquals(Optional.empty(), machine().unsupported("arm64"));
  }

  @Test
  void anInstalledEmulatorIsOnlyRegistered() throws Exception {
    mounted();
    file(DESCRIPTION, "# for arm64\n" + BinaryFormatTest.ARM64_LINE + "\n");

    machine().support("arm64", output::add);

    assertEquals(List.of("Registering in binfmt_misc: " + BinaryFormatTest.ARM64_LINE), output);
  }

  @Test
  void aMachineThatRunsTheProgramsIsNotChanged() throws Exception {
    kernel = (program, isolated) -> Outcome.RUNS;

    machine().support("arm64", output::add);

    assertEquals(List.of(), output);
    assertFalse(Files.exists(root.resolve(BINFMT)));
  }

  @Test
  void whatStillFailsAfterTheInstallationIsReported() throws Exception {
    mounted();
    aptCommand();
    kernel = (program, isolated) -> Outcome.FAILS;

    BuildException failure =
        assertThrows(BuildException.class, () -> machine().support("arm64", output::add));

    assertTrue(
        String.valueOf(failure.getMessage()).startsWith("No emulator is registered"),
        failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1000, 0 0 4294967295", "0, 0 1000 1"})
  void onlyRootOfTheMachineMayInstallAnEmulator(int id, String map) throws IOException {
    mounted();
    user(id, map + "\n");

    BuildException failure =
        assertThrows(BuildException.class, () -> machine().support("arm64", output::add));

    assertEquals(
        "Only root may install an emulator for arm64. As root, build with --install-missing, or"
            + " run: apt-get install qemu-user-static; systemctl restart systemd-binfmt"
            + ELSEWHERE,
        failure.getMessage());
    assertEquals(List.of(), output);
  }
}
