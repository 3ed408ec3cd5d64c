/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bootstrapvz.host.internal.ProgramTrial.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTrialTest {
  private static final Map<String, String> ENVIRONMENT = CommandEnvironment.ofHost(Map.of());

  @TempDir private Path folder;
  private TestProgram own;

  @BeforeEach
  void programForThisProcessor() {
    String name = System.getProperty("os.arch");
    own = TestProgram.of(name.equals("aarch64") ? "arm64" : name).orElseThrow();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private Outcome run(TestProgram program, boolean isolated) throws Exception {
    return new KernelTrial(List.of(folder), ENVIRONMENT).run(program, isolated);
  }

  @Test
  void theProgramForTheProcessorRuns() throws Exception {
    assertEquals(Outcome.RUNS, run(own, false));
  }

  @Test
  void itRunsInARootDirectoryOfItsOwn() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "chroot requires root");

    assertEquals(Outcome.RUNS, run(own, true));
  }

  /** The kernel refuses the file as it refuses one for a processor without an emulator. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileThatTheKernelRefusesFails(boolean isolated) throws Exception {
    assumeTrue(!isolated || System.getProperty("user.name").equals("root"), "requires root");
    TestProgram other = own == TestProgram.ARM64 ? TestProgram.AMD64 : TestProgram.ARM64;
    assumeTrue(
        new BinaryFormats(Path.of("/")).registered(other.file()).isEmpty(),
        "The machine has an emulator");

    assertEquals(Outcome.FAILS, run(other, isolated));
  }
}
