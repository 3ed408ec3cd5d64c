/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsNamespaces
class MountReleaseTest {
  private final MountRelease release = new MountRelease();
  private Sandbox sandbox;
  private ResourceSpec spec;
  private Path target;

  @TempDir Path folder;

  @BeforeEach
  void open() throws Exception {
    sandbox = new LinuxMachine().open(new RecordingObserver());
    target = Files.createDirectory(folder.resolve("a target"));
    spec = ResourceSpec.mount(target, "tmpfs");
  }

  @AfterEach
  void close() {
    sandbox.close();
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

  private void release() throws Exception {
    release.release(spec, new Context(Optional.of(sandbox)));
  }

  private void mount(Path on) throws Exception {
    sandbox.run(Command.of("mkdir", "-p", on.toString()));
    sandbox.run(Command.of("mount", "-t", "tmpfs", "tmpfs", on.toString()));
  }

  @Test
  void aMissingMountIsNotAnError() throws Exception {
    release();
  }

  @Test
  void withoutASandboxThereIsNothingToDo() throws Exception {
    release.release(spec, new Context(Optional.empty()));
  }

  @Test
  void mountsBelowAreUnmountedToo() throws Exception {
    mount(folder.resolve("a target next to it"));
    mount(target);
    mount(target);
    mount(target.resolve("proc"));
    mount(target.resolve("proc/sys"));
    mount(target.resolve("z"));
    assertEquals(5, Mounts.at(sandbox, target).size());
    release();
    assertEquals(List.of(), Mounts.at(sandbox, target));
    assertEquals(1, Mounts.at(sandbox, folder).size());
    release();
  }

  @Test
  void aTargetBelowASymbolicLinkIsFound() throws Exception {
    mount(target);
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    spec = ResourceSpec.mount(link, "tmpfs");
    release();
    assertEquals(List.of(), Mounts.at(sandbox, target));
  }

  @Test
  void aBusyMountIsReportedAndUnmountedWhenItIsFree() throws Exception {
    mount(target);
    mount(target.resolve("below"));
    String pid =
        sandbox
            .run(Command.of("sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!").in(target))
            .text();
    BuildException e = assertThrows(BuildException.class, this::release);
    assertEquals("Still mounted: " + target, e.getMessage());
    assertTrue(e.getCause().getMessage().contains("busy"), e.getCause().getMessage());
    assertEquals(List.of(target), Mounts.at(sandbox, target));
    sandbox.run(Command.of("sh", "-c", "kill -KILL $0; while kill -0 $0 2>&-; do :; done", pid));
    release();
    assertEquals(List.of(), Mounts.at(sandbox, target));
  }
}
