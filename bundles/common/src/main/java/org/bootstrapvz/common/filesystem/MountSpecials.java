/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Creation;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.osgi.service.component.annotations.Component;

/**
 * Mounts /dev, /proc and /sys in the root for the commands that run there. /dev is a separate small
 * tree. It keeps commands from the disks of the host, and it needs no new device nodes, which root
 * of a user namespace could not create.
 */
@Component
@TaskDefinition(
    description = "Mounting special filesystems",
    phase = Phase.OS_INSTALLATION,
    predecessors = Bootstrap.class,
    requires = Root.class,
    provides = RootMount.class)
public final class MountSpecials implements Task {
  private static final int MOUNT_FAILED = 32;
  private static final List<String> DEVICES =
      List.of("null", "zero", "full", "random", "urandom", "tty");
  private static final Map<String, String> LINKS =
      new TreeMap<>(
          Map.of(
              "ptmx", "pts/ptmx",
              "fd", "/proc/self/fd",
              "stdin", "/proc/self/fd/0",
              "stdout", "/proc/self/fd/1",
              "stderr", "/proc/self/fd/2"));

  @Override
  public void run(Build build) throws BuildException, IOException {
    mount(build, "dev", "device nodes", () -> mountDev(build, build.root()));
    mount(build, "proc", "proc", () -> mountProc(build));
    mount(build, "sys", "sysfs", () -> mountSys(build));
  }

  private static void mount(Build build, String folder, String what, Creation creation)
      throws BuildException, IOException {
    build.root().makeDirectory(folder, 0755);
    build.provide(
        RootMount.class,
        new RootMount(build.acquire(ResourceSpec.mount(at(build, folder), what), creation)));
  }

  private static void mountDev(Build build, Root root) throws BuildException, IOException {
    String dev = at(build, "dev").toString();
    build.run(Command.of("mount", "-t", "tmpfs", "-o", "mode=0755,nosuid,size=64m", "dev", dev));
    for (String device : DEVICES) {
      root.write("dev/" + device, "");
      build.run(Command.of("mount", "--bind", "/dev/" + device, dev + "/" + device));
    }
    root.makeDirectory("dev/pts", 0755);
    build.run(
        Command.of("mount", "-t", "devpts", "-o", "newinstance,ptmxmode=0666,mode=0620,nosuid")
            .with("devpts", dev + "/pts"));
    root.makeDirectory("dev/shm", 01777);
    for (Map.Entry<String, String> link : LINKS.entrySet()) {
      root.symlink("dev/" + link.getKey(), link.getValue());
    }
  }

  /** A container that hides parts of /proc does not allow another instance of it to be mounted. */
  private static void mountProc(Build build) throws BuildException {
    String proc = at(build, "proc").toString();
    Command own = Command.of("mount", "-t", "proc", "-o", "nosuid,nodev,noexec", "proc", proc);
    if (build.run(own.accepting(0, MOUNT_FAILED)).status() != 0) {
      build.run(Command.of("mount", "--rbind", "/proc", proc));
    }
  }

  /**
   * A user namespace cannot mount a sysfs, and cannot clear the flags of the host when it remounts
   * it read-only.
   */
  private static void mountSys(Build build) throws BuildException {
    String sys = at(build, "sys").toString();
    build.run(Command.of("mount", "--rbind", "/sys", sys));
    build.run(
        Command.of("mount", "-o", "remount,bind,ro,nosuid,nodev,noexec", sys)
            .accepting(0, MOUNT_FAILED));
  }

  private static Path at(Build build, String folder) {
    return build.root().path().resolve(folder);
  }
}
