/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.lvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.common.volume.Create;
import org.bootstrapvz.common.volume.MapManifest;
import org.bootstrapvz.common.volume.RecordingSandbox;
import org.bootstrapvz.common.volume.TestBuild;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands; where these tests run there need not be a device mapper. */
class LogicalVolumeTest {
  @TempDir Path folder;
  private final RecordingSandbox sandbox = new RecordingSandbox();
  private TestBuild build;

  @BeforeEach
  void prepare() throws Exception {
    MapManifest manifest = new MapManifest().with("volume.backing", "lvm");
    manifest.with("volume.volumegroup", "vg").with("volume.logicalvolume", "root");
    build = new TestBuild(manifest.partition("root", "1GiB", "ext4"), folder, sandbox);
    new Create().run(build);
  }

  @Test
  void the_image_is_written_into_a_volume_of_its_size_that_is_tagged_until_it_is_complete()
      throws Exception {
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
        sandbox.commands());
    assertEquals(List.of(Path.of("/dev/vg/root")), build.delivered());
  }

  @Test
  void a_volume_that_exists_already_is_not_touched() {
    sandbox.answering("lvcreate", 5, "Logical Volume \"root\" already exists");

    assertThrows(CommandException.class, () -> new CreateLogicalVolume().run(build));

    assertEquals(1, sandbox.commands().size(), sandbox.commands().toString());
  }

  @Test
  void an_unfinished_volume_of_this_build_is_removed() throws Exception {
    sandbox.answering("lvs", 0, "  other,bootstrapvz.12345678");

    release(Optional.of(sandbox));

    assertEquals(
        List.of("lvs --noheadings --options lv_tags vg/root", "lvremove --yes vg/root"),
        sandbox.commands());
  }

  @Test
  void a_volume_without_the_tag_of_this_build_stays() throws Exception {
    sandbox.answering("lvs", 0, "  bootstrapvz.123456789");

    release(Optional.of(sandbox));

    assertEquals(List.of("lvs --noheadings --options lv_tags vg/root"), sandbox.commands());
  }

  @Test
  void a_volume_that_was_never_made_is_no_error() throws Exception {
    release(Optional.of(sandbox.answering("lvs", 5, "Failed to find logical volume")));

    assertEquals(1, sandbox.commands().size());
  }

  @Test
  void after_a_crash_the_volume_is_removed_from_a_sandbox_of_its_own() throws Exception {
    sandbox.answering("lvs", 0, "  bootstrapvz.12345678");

    release(Optional.empty());

    assertEquals(
        List.of("lvs --noheadings --options lv_tags vg/root", "lvremove --yes vg/root", "close"),
        sandbox.commands());
  }

  private void release(Optional<Sandbox> alive) throws Exception {
    new LogicalVolumeResource(new OneSandbox(sandbox))
        .release(LogicalVolume.of(build).spec(), new Context(alive));
  }

  private record Context(Optional<Sandbox> sandbox) implements ReleaseContext {
    @Override
    public void log(String line) {}
  }

  private record OneSandbox(Sandbox sandbox) implements Machine {
    @Override
    public Sandbox open(CommandObserver observer) {
      return sandbox;
    }

    @Override
    public List<HostCommand> missing(Collection<HostCommand> commands) {
      return List.of();
    }

    @Override
    public void install(SortedSet<String> packages, Consumer<String> output) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long availableMemory() {
      return 0;
    }

    @Override
    public boolean canMountFiles() {
      return true;
    }

    @Override
    public String architecture() {
      return "amd64";
    }
  }
}
