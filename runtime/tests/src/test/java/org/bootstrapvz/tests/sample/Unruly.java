/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Task;

/** Exits, crashes, or uses all memory of the process, as the name of the image says. */
public final class Unruly implements Task {
  @Override
  public void run(Build build) {
    switch (build.manifest().at("name").text()) {
      case "exits" -> exit();
      case "crashes" -> crash();
      case "devours" -> devour();
      default -> System.out.println("printed by a plugin");
    }
  }

  /** By reflection, so that nothing that reads its code notices. */
  private static void exit() {
    try {
      Class.forName("java.lang.System").getMethod("exit", int.class).invoke(null, 7);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void crash() {
    try {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-SEGV", self).start().waitFor();
      new Object().wait();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void devour() {
    List<byte[]> memory = new ArrayList<>();
    while (true) {
      memory.add(new byte[1 << 24]);
    }
  }
}
