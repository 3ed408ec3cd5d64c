/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A user without privileges, with subordinate ids and a home directory, who exists for a suite. */
final class OrdinaryUser {
  /** The status of userdel(8) for it. */
  private static final int NO_SUCH_USER = 6;

  private final String name;
  private final Path home;

  private OrdinaryUser(String name) {
    this.name = name;
    this.home = Path.of("/var/tmp/" + name);
  }

  /** Creates the user; replaces one that an interrupted suite left. */
  static OrdinaryUser create(String name) throws IOException, InterruptedException {
    OrdinaryUser user = new OrdinaryUser(name);
    user.remove();
    DetachedImage.run(
        "useradd",
        "--create-home",
        "--home-dir",
        user.home.toString(),
        "--add-subids-for-system",
        "--system",
        "--shell",
        "/bin/sh",
        name);
    return user;
  }

  String name() {
    return name;
  }

  Path home() {
    return home;
  }

  /** Copies a file or a directory into the home directory; it belongs to the user. */
  Path copy(Path source, String name) throws IOException, InterruptedException {
    Path target = home.resolve(name);
    DetachedImage.run("cp", "--recursive", source.toString(), target.toString());
    DetachedImage.run("chown", "--recursive", this.name, target.toString());
    return target;
  }

  /** The command that makes a shell of the user run a script in the home directory. */
  List<String> shell(String script) {
    return List.of(
        "setpriv",
        "--reuid=" + name,
        "--regid=" + name,
        "--init-groups",
        "--reset-env",
        "sh",
        "-c",
        "cd \"$HOME\" && " + script);
  }

  /** Removes the user with the home directory, if there is one. */
  void remove() throws IOException, InterruptedException {
    Process userdel =
        new ProcessBuilder("userdel", "--force", name)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int status = userdel.waitFor();
    assertTrue(status == 0 || status == NO_SUCH_USER, "userdel: " + status);
    DetachedImage.run("rm", "--recursive", "--force", "--one-file-system", home.toString());
  }
}
