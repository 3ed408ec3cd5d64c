/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.common.kernel.AddKernelAndInit;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.provider.virtualbox.boot.AddVirtualConsoleGrubOutputDevice;
import org.bootstrapvz.provider.virtualbox.guest_additions.AddGuestAdditionsPackages;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualBoxTasksTest {
  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();

  private static List<String> requested(TestBuild build) {
    return build.all(PackageRequest.class).stream().map(PackageRequest::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "bookworm, amd64, , amd64",
    "bookworm, i386, , 686-pae",
    "trixie, amd64, i386, amd64:amd64"
  })
  void kernelAndHeadersAreThoseOfTheImageSKernel(
      String release, String architecture, String userspace, String flavour) throws Exception {
    manifest.with("system.release", release).with("system.architecture", architecture);
    manifest.with("system.userspace_architecture", userspace);
    TestBuild build = new TestBuild(manifest, folder);

    new AddKernelAndInit().run(build);
    new AddGuestAdditionsPackages().run(build);

    List<String> names = requested(build);
    assertEquals("linux-image-" + flavour, names.get(0));
    assertEquals(
        List.of("bzip2", "build-essential", "dkms", "linux-headers-" + flavour),
        names.subList(names.size() - 4, names.size()));
  }

  @Test
  void theScreenIsTheConsoleAndTheSerialPortRemainsOne() throws Exception {
    TestBuild build = new TestBuild(manifest, folder);

    new SetSerialConsole().run(build);
    new AddVirtualConsoleGrubOutputDevice().run(build);

    assertEquals(
        List.of("console=ttyS0,115200n8", "console=tty0"),
        build.all(KernelParameter.class).stream().map(KernelParameter::text).toList());
  }
}
