/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;

/** Owner, group and mode of an entry in the manifest. */
final class Ownership {
  private Ownership() {}

  /** Applies owner and group to exactly these paths. */
  static void apply(Build build, ManifestValue entry, List<String> paths)
      throws BuildException, IOException {
    String both = both(build, entry);
    if (!both.isEmpty() && !paths.isEmpty()) {
      // By standard input: there may be more than fit on a command line.
      build
          .root()
          .run(
              Command.of("xargs", "--null", "chown", "--no-dereference", "--", both)
                  .input(String.join("\0", paths)));
    }
  }

  private static String both(Build build, ManifestValue entry) throws BuildException, IOException {
    String owner = known(build, entry.get("owner"), "etc/passwd", "user");
    String group = known(build, entry.get("group"), "etc/group", "group");
    return group.isEmpty() ? owner : owner + ":" + group;
  }

  /** Owner and group are applied to the content of a directory, too; the mode is not. */
  static void apply(Build build, ManifestValue entry, String path)
      throws BuildException, IOException {
    String both = both(build, entry);
    if (!both.isEmpty()) {
      build.root().run(Command.of("chown", "--recursive", "--no-dereference", "--", both, path));
    }
    if (entry.get("permissions").exists()) {
      build.root().run(Command.of("chmod", "--", entry.get("permissions").text(), path));
    }
  }

  private static String known(Build build, ManifestValue name, String file, String what)
      throws BuildException, IOException {
    if (!name.exists() || name.text().matches("\\d+")) {
      return name.text("");
    }
    for (String line : build.root().read(file).split("\n")) {
      if (line.startsWith(name.text() + ":")) {
        return name.text();
      }
    }
    throw new BuildException(
        name.location()
            + ": "
            + name.path()
            + ": the image has no "
            + what
            + " "
            + name.text()
            + ". Write one it has, or a number");
  }
}
