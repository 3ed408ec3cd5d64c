/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.testkit.TestRoot;
import org.bootstrapvz.testkit.TestSandbox;

/** A mount namespace, and for unprivileged users a user namespace, that ends with its keeper. */
public final class UnsharedSandbox extends TestSandbox {
  private final Process keeper;

  public UnsharedSandbox() throws IOException {
    List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation=private"));
    if (!isRoot()) {
      words.addAll(List.of("--user", "--map-root-user"));
    }
    words.add("cat");
    keeper = new ProcessBuilder(words).redirectErrorStream(true).start();
    // cat echoes the greeting when unshare is done.
    keeper.getOutputStream().write('\n');
    keeper.getOutputStream().flush();
    if (keeper.getInputStream().read() != '\n') {
      throw new IOException("No namespaces here");
    }
    List<String> enter = new ArrayList<>(List.of("nsenter", "--target=" + keeper.pid(), "--mount"));
    if (!isRoot()) {
      enter.addAll(List.of("--user", "--preserve-credentials"));
    }
    running(enter);
  }

  /** Whether the user can create the namespaces on this machine. */
  public static boolean isPossible() {
    try {
      new UnsharedSandbox().close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Override
  public Path outside(Path path) {
    return Path.of("/proc/" + keeper.pid() + "/root" + path);
  }

  @Override
  public TestRoot root(Path path) {
    Command chroot = Command.of("chroot", path.toString());
    return new TestRoot(
        path, outside(path), command -> run(chroot.with(command.arguments()).accepting(0)));
  }

  @Override
  public void close() {
    keeper.destroy();
    super.close();
  }
}
