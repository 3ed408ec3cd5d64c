/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.junit.jupiter.api.Test;

class TestSandboxTest {
  private final TestSandbox sandbox = new TestSandbox();

  @Test
  void aStatusThatIsNotAcceptedIsThrownWithTheOutput() throws Exception {
    sandbox.failing("grep", 1, "nothing found");

    CommandException failure =
        assertThrows(CommandException.class, () -> sandbox.run(Command.of("grep", "x")));

    assertEquals(1, failure.status());
    assertEquals(List.of("nothing found"), failure.tail());
    assertEquals(1, sandbox.run(Command.of("grep", "x").accepting(0, 1)).status());
  }

  @Test
  void theLastMatchingAnswerIsUsedAndWholeWordsAreCompared() throws Exception {
    sandbox.answering("lvs", "old").answering("lvs --all", "new");

    assertEquals("new", sandbox.run(Command.of("lvs", "--all", "vg")).text());
    assertEquals("old", sandbox.run(Command.of("lvs", "--allow")).text());
    assertEquals("", sandbox.run(Command.of("lvscan")).text());
  }

  @Test
  void aLineThatAListenerConsumesIsNotInTheResult() throws Exception {
    sandbox.answering("apt-get", "1%", "Setting up vim", "2%");
    List<String> consumed = new ArrayList<>();

    String text =
        sandbox
            .run(Command.of("apt-get").lines(line -> line.endsWith("%") && consumed.add(line)))
            .text();

    assertEquals("Setting up vim", text);
    assertEquals(List.of("1%", "2%"), consumed);
  }

  @Test
  void aCancelledThreadRunsNothingMore() {
    Thread.currentThread().interrupt();
    assertThrows(BuildCancelledException.class, () -> sandbox.run(Command.of("true")));
  }

  @Test
  void commandsWithoutAnAnswerAreExecutedOnRequest() throws BuildException {
    sandbox.running().answering("id", "nobody");

    assertEquals(
        "read a b",
        sandbox.run(Command.of("sh", "-c", "echo read $(cat) $B").input("a").env("B", "b")).text());
    assertEquals("nobody", sandbox.run(Command.of("id")).text());
    CommandException missing =
        assertThrows(CommandException.class, () -> sandbox.run(Command.of("no-such-command")));
    assertEquals(-1, missing.status());
  }
}
