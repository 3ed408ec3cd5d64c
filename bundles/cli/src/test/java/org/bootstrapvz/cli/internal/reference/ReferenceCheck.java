/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bootstrapvz.cli.internal.model.CommandTable;
import picocli.CommandLine.Model.OptionSpec;

/** Checks that completion scripts and manual pages describe commands completely. */
public final class ReferenceCheck {
  private ReferenceCheck() {}

  /** Fails unless each option of each command is in both scripts and in the manual page. */
  public static void everyOptionIsDescribed(CommandTable commands) {
    CommandReference reference = CommandReference.of(commands);
    String bash = BashCompletion.script(reference);
    String zsh = ZshCompletion.script(reference);
    for (CommandReference.Page page : reference.all()) {
      String manual =
          ManualPages.of(reference)
              .get("bootstrap-vz-" + page.path().split(" ")[0] + ".1")
              .replace("\\-", "-");
      String model = part(bash, "    '" + page.path() + "'", ";;");
      String function = part(zsh, "\n_bootstrap-vz_" + page.id() + "() {", "\n}");
      assertTrue(manual.contains("bootstrap-vz " + page.path()), manual);
      for (OptionSpec option : page.spec().options()) {
        String value = option.arity().max() > 0 ? "=" : "";
        for (String name : option.names()) {
          String message = page.path() + " " + name;
          assertTrue(manual.contains("\\fB" + name + "\\fR"), message);
          assertTrue(model.matches("(?s).*[' ]" + name + value + "[' ].*"), message);
          assertTrue(function.contains(name + value + "["), message);
        }
      }
    }
  }

  private static String part(String script, String start, String end) {
    int from = script.indexOf(start);
    assertTrue(from >= 0, start);
    return script.substring(from, script.indexOf(end, from + start.length()));
  }
}
