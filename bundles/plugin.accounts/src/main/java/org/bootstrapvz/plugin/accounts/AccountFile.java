/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;

/** The users or the groups that an image has: passwd(5) and group(5). */
final class AccountFile {
  private final String what;
  private final Map<String, String[]> entries = new LinkedHashMap<>();

  private AccountFile(String what) {
    this.what = what;
  }

  static AccountFile users(Build build) throws IOException {
    return read(build, "etc/passwd", "user");
  }

  static AccountFile groups(Build build) throws IOException {
    return read(build, "etc/group", "group");
  }

  private static AccountFile read(Build build, String file, String what) throws IOException {
    AccountFile found = new AccountFile(what);
    for (String line : build.root().read(file).split("\n")) {
      String[] fields = line.split(":", -1);
      found.entries.put(fields[0], fields);
    }
    return found;
  }

  /** Fails if the image has an account of this name, which a package may have created. */
  void refuse(ManifestValue name) throws BuildException {
    if (entries.containsKey(name.text())) {
      throw failure(name, "has a " + what + " " + name.text() + " already. Write another name");
    }
  }

  /** Fails if the image does not have an account of this name. */
  void require(ManifestValue name) throws BuildException {
    if (!entries.containsKey(name.text())) {
      throw failure(
          name,
          "has no "
              + what
              + " "
              + name.text()
              + ". Add it to plugins.accounts.groups, or install the package that creates it");
    }
  }

  /** Returns a field of an account, by its position. */
  String field(String name, int index) {
    String[] fields = entries.getOrDefault(name, new String[0]);
    return index < fields.length ? fields[index] : "";
  }

  static BuildException failure(ManifestValue value, String problem) {
    return new BuildException(value.location() + ": " + value.path() + ": the image " + problem);
  }
}
