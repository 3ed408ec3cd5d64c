/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;

/**
 * A program for tests that need a separate JVM: uses a sandbox, prints its findings, and waits for
 * the end of its input. Its argument is the directory to mount on.
 */
final class SandboxHolder {
  private SandboxHolder() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    LinuxMachine machine = new LinuxMachine();
    Sandbox sandbox = machine.open(new RecordingObserver());
    sandbox.run(Command.of("mount", "-t", "tmpfs", "tmpfs", folder.toString()));
    Root root = sandbox.root(folder);
    root.write("etc/file", "text", 04711);
    sandbox.run(Command.of("sh", "-c", "setsid sleep 1000 >/dev/null 2>&1 &").in(folder));
    CountDownLatch runs = new CountDownLatch(1);
    Thread running = new Thread(() -> runForEver(sandbox, runs));
    running.setDaemon(true);
    running.start();
    runs.await();

    System.out.println("keeper " + sandbox.outside(Path.of("/")).getName(1));
    System.out.println(
        "file " + sandbox.run(Command.of("stat", "-c", "%a %u", folder + "/etc/file")).text());
    Command umask = Command.of("sh", "-c", "umask");
    System.out.println("umask " + sandbox.run(umask).text());
    System.out.println("standard " + sandbox.run(umask.standardUmask()).text());
    System.out.println("on host " + Files.exists(folder.resolve("etc")));
    System.out.println("mounts files " + machine.canMountFiles());
    System.out.println("ready");
    System.in.readAllBytes();
    sandbox.close();
  }

  private static void runForEver(Sandbox sandbox, CountDownLatch runs) {
    try {
      sandbox.run(
          Command.of("sh", "-c", "echo runs; exec sleep 1000")
              .lines(
                  line -> {
                    runs.countDown();
                    return true;
                  }));
    } catch (BuildException e) {
      // Ends with the sandbox.
    }
  }
}
