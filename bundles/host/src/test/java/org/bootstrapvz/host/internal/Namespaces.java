/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Inspects the namespaces of all processes. */
final class Namespaces {
  private Namespaces() {}

  /** The name of a namespace: {@code mnt:[4026531840]}. */
  static String of(long pid, String kind) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", kind)).toString();
  }

  /** The processes in the namespace with this name. */
  static List<Long> processesIn(String kind, String name) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(
            pid -> {
              try {
                return of(pid, kind).equals(name);
              } catch (IOException e) {
                return false; // It has ended in the meantime.
              }
            })
        .toList();
  }
}
