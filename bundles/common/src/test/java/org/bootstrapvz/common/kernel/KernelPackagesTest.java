/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelPackagesTest {
  private static final Release BOOKWORM = release("bookworm", 12);
  private static final Release TRIXIE = release("trixie", 13);

  private static Release release(String name, int version) {
    return new Release(
        name, name, version, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  private static String problems(TestManifest manifest) {
    List<Problem> problems = new ArrayList<>();
    KernelPackages.check(manifest, problems::add);
    return problems.toString();
  }

  @Test
  void theKernelOf32BitMachinesHasAnotherName() {
    assertEquals("linux-image-amd64", KernelPackages.image(new TestManifest()));
    TestManifest old = new TestManifest().with("system.architecture", "i386");
    assertEquals("linux-image-686-pae", KernelPackages.image(old));
    assertEquals("linux-headers-686-pae", KernelPackages.headers(old));
  }

  @Test
  void aKernelForOtherProgramsNamesItsArchitecture() {
    TestManifest manifest = new TestManifest().with("system.userspace_architecture", "i386");
    assertEquals("linux-image-amd64:amd64", KernelPackages.image(manifest));
    assertEquals("[]", problems(manifest));
  }

  @Test
  void eachFlavourHasItsPackages() {
    TestManifest manifest = new TestManifest().with("system.kernel", "cloud");
    assertEquals("linux-image-cloud-amd64", KernelPackages.image(manifest));
    assertEquals("linux-headers-cloud-amd64", KernelPackages.headers(manifest));
    assertEquals("[]", problems(manifest));
    manifest.with("system.kernel", "rt");
    assertEquals("linux-image-rt-amd64", KernelPackages.image(manifest));
    assertEquals("linux-image-amd64", KernelPackages.image(manifest, KernelFlavour.GENERIC));
  }

  @ParameterizedTest
  @CsvSource({
    "rt, 'Debian has no rt kernel for riscv64. Use generic'",
    "cloud, 'Debian has no cloud kernel for riscv64 in trixie. Use generic; there are cloud kernels"
        + " for amd64 from buster on and for arm64 from bullseye on'",
  })
  void riscv64HasTheGenericKernelOnly(String flavour, String message) {
    TestManifest manifest =
        new TestManifest().withRelease(TRIXIE).with("system.architecture", "riscv64");
    assertEquals("linux-image-riscv64", KernelPackages.image(manifest));
    assertEquals("[]", problems(manifest));

    manifest.with("system.kernel", flavour);
    assertEquals("[manifest.yml: error: system.kernel: " + message + "]", problems(manifest));
  }

  @Test
  void aCloudKernelThatDebianDoesNotHaveIsReported() {
    assertEquals(
        "[manifest.yml: error: system.kernel: Debian has no cloud kernel for i386 in bookworm. Use"
            + " generic; there are cloud kernels for amd64 from buster on and for arm64 from"
            + " bullseye on]",
        problems(
            new TestManifest()
                .withRelease(BOOKWORM)
                .with("system.architecture", "i386")
                .with("system.kernel", "cloud")));
  }

  @Test
  void anI386KernelOfAReleaseWithoutOneIsReported() {
    assertEquals(
        "[manifest.yml: error: system.architecture: Debian has no i386 kernel from trixie on. Set"
            + " system.architecture to amd64 and system.userspace_architecture to i386]",
        problems(new TestManifest().withRelease(TRIXIE).with("system.architecture", "i386")));
  }

  @Test
  void aKernelThatCannotRunTheProgramsIsReported() {
    assertEquals(
        "[manifest.yml: error: system.userspace_architecture: A kernel for arm64 does not run"
            + " programs for i386. Remove system.userspace_architecture]",
        problems(
            new TestManifest()
                .with("system.architecture", "arm64")
                .with("system.userspace_architecture", "i386")));
  }
}
