/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private final List<String> logged = new ArrayList<>();
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

  private record Context(Optional<Sandbox> sandbox, List<String> logged) implements ReleaseContext {
    @Override
    public String nonce() {
      return "00112233445566778899aabbccddeeff";
    }

    @Override
    public void mask(Secret secret) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void log(String line) {
      logged.add(line);
    }
  }

  private void release() throws Exception {
    release.release(spec, new Context(Optional.of(sandbox), logged));
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
    release.release(spec, new Context(Optional.empty(), logged));
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
  void processesThatKeepAMountBusyAreEndedAndNamed() throws Exception {
    mount(target);
    for (String ignored : List.of("", "trap '' TERM; ")) {
      String daemon = ignored + "exec sleep 1000 <file >/dev/null 2>&1";
      sandbox.run(Command.of("sh", "-c", "touch file; (" + daemon + ") &").in(target));
    }
    sandbox.run(Command.of("sh", "-c", "exec sleep 1000 >/dev/null 2>&1 &"));
    release();
    assertEquals(List.of(), Mounts.at(sandbox, target));
    String line = "Ended sleep, which still ran in " + target;
    assertEquals(List.of(line, line), logged);
    String count = "cat /proc/[0-9]*/comm | grep -c '^sleep$'";
    assertEquals("1", sandbox.run(Command.of("sh", "-c", count)).text().strip());
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
    sandbox.run(Command.of("touch", target.resolve("file").toString()));
    try (InputStream file = Files.newInputStream(sandbox.outside(target.resolve("file")))) {
      assertEquals(-1, file.read());
      BuildException e = assertThrows(BuildException.class, this::release);
      assertEquals("Still mounted: " + target, e.getMessage());
      assertTrue(e.getCause().getMessage().contains("busy"), e.getCause().getMessage());
      assertEquals(List.of(target), Mounts.at(sandbox, target));
      assertEquals(List.of(), logged);
    }
    release();
    assertEquals(List.of(), Mounts.at(sandbox, target));
  }
}
