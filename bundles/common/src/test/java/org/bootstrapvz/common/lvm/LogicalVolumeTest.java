/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.lvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.common.volume.CreateVolume;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the commands only, since the test machine may have no device mapper. */
class LogicalVolumeTest {
  @TempDir Path folder;
  private final TestSandbox sandbox = new TestSandbox();
  private TestBuild build;

  @BeforeEach
  void prepare() throws Exception {
    TestManifest manifest = new TestManifest().with("volume.backing", "lvm");
    manifest.with("volume.volumegroup", "vg").with("volume.logicalvolume", "root");
    build = new TestBuild(manifest.withPartition("root", "1GiB", "ext4"), folder, sandbox);
    build.with(LogicalVolume.TYPE, new LogicalVolumeResource(build.machine()));
    new CreateVolume().run(build);
  }

  @Test
  void theImageIsWrittenIntoAVolumeOfItsSizeThatIsTaggedUntilItIsComplete() throws Exception {
    new CreateLogicalVolume().run(build);

    assertEquals(
        List.of(
            "lvcreate --yes --wipesignatures y --addtag bootstrapvz.12345678 --size 1073741824b"
                + " --name root vg",
            "qemu-img convert -n -f raw -O raw "
                + build.workspace().resolve("volume.raw")
                + " /dev/vg/root",
            "lvchange --deltag bootstrapvz.12345678 vg/root",
            "lvchange --activate n vg/root"),
        sandbox.commandLines());
    assertEquals(List.of(Path.of("/dev/vg/root")), build.delivered());
  }

  @Test
  void anExistingVolumeIsNotChanged() {
    sandbox.failing("lvcreate", 5, "Logical Volume \"root\" already exists");

    assertThrows(CommandException.class, () -> new CreateLogicalVolume().run(build));

    assertEquals(1, sandbox.commandLines().size(), sandbox.commandLines().toString());
  }

  @Test
  void anUnfinishedVolumeOfThisBuildIsRemoved() throws Exception {
    sandbox.answering("lvs", "  other,bootstrapvz.12345678");

    release(Optional.of(sandbox));

    assertEquals(
        List.of("lvs --noheadings --options lv_tags vg/root", "lvremove --yes vg/root"),
        sandbox.commandLines());
  }

  @Test
  void aVolumeWithoutTheTagOfThisBuildStays() throws Exception {
    sandbox.answering("lvs", "  bootstrapvz.123456789");

    release(Optional.of(sandbox));

    assertEquals(List.of("lvs --noheadings --options lv_tags vg/root"), sandbox.commandLines());
  }

  @Test
  void aVolumeThatWasNeverCreatedIsNotAnError() throws Exception {
    release(Optional.of(sandbox.failing("lvs", 5, "Failed to find logical volume")));

    assertEquals(1, sandbox.commandLines().size());
  }

  @Test
  void afterACrashTheVolumeIsRemovedFromASandboxOfItsOwn() throws Exception {
    sandbox.answering("lvs", "  bootstrapvz.12345678");

    release(Optional.empty());

    assertEquals(
        List.of("lvs --noheadings --options lv_tags vg/root", "lvremove --yes vg/root"),
        sandbox.commandLines());
    assertTrue(sandbox.isClosed());
  }

  private void release(Optional<Sandbox> alive) throws Exception {
    new LogicalVolumeResource(build.machine())
        .release(LogicalVolume.of(build).spec(), new Context(alive));
  }

  private record Context(Optional<Sandbox> sandbox) implements ReleaseContext {
    @Override
    public String nonce() {
      return "00112233445566778899aabbccddeeff";
    }

    @Override
    public void mask(Secret secret) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void log(String line) {}
  }
}
