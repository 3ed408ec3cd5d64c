/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.problem.BuildException;

/** What tasks changed outside the build: commands run, resources acquired, artefacts delivered. */
final class Effects {
  private final List<String> recorded = new ArrayList<>();
  private int failing = -1;

  List<String> recorded() {
    return recorded;
  }

  /** Makes the effect with this number, counted from 0, fail. */
  void failAt(int number) {
    failing = number;
  }

  /** Makes no further effect fail. */
  void succeed() {
    failing = -1;
  }

  /** Records an effect and fails if it is its turn. */
  void add(String what) throws BuildException {
    recorded.add(what);
    if (recorded.size() - 1 == failing) {
      throw new CommandException(what, 1, List.of("A failure that was asked for"));
    }
  }
}
