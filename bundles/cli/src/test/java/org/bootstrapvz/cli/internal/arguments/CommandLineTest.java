/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.arguments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private enum Colour {
    AUTO,
    NEVER
  }

  private static final Option<Boolean> DEBUG = Option.flag("--debug", "Tells more");
  private static final Option<String> LOG = Option.text("--log", "FOLDER", "Where the log goes");
  private static final Option<Colour> COLOR = Option.choice("--color", Colour.class, "Colours");
  private static final Option<Integer> PORT = Option.number("--port", "PORT", 1, 65535, "A port");
  private static final Syntax BUILD =
      new Syntax("build", "MANIFEST", 1, 1, "Builds", "", List.of(DEBUG, LOG, COLOR));
  private static final Syntax BOOT = new Syntax("boot", "IMAGE", 1, 1, "Boots", "", List.of(PORT));
  private static final Syntax CHECK =
      new Syntax("check", "MANIFEST...", 1, 99, "Checks", "", List.of());
  private static final Syntax LIST = new Syntax("list", "", 0, 0, "Lists", "", List.of());

  private final CommandLine commandLine =
      new CommandLine(List.of(BUILD, BOOT, CHECK, LIST), "an-existing-file"::equals);

  private CommandLine.Request parse(String line) throws UsageException {
    return commandLine.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  private CommandLine.Run run(String line) throws UsageException {
    return assertInstanceOf(CommandLine.Run.class, parse(line));
  }

  @ParameterizedTest
  @CsvSource({
    "build image.yml,             build, image.yml",
    "image.yml,                   build, image.yml",
    "folder/image.json,           build, folder/image.json",
    "image.yaml --debug,          build, image.yaml",
    "an-existing-file,            build, an-existing-file",
    "--debug image.yml,           build, image.yml",
    "--log logs image.yml,        build, image.yml",
    "--log - image.yml,           build, image.yml",
    "--debug build image.yml,     build, image.yml",
    "--port 22 boot disk,         boot,  disk",
    "-- image,                    build, image",
    "build -- --odd.yml,          build, --odd.yml",
    "check a.yml b.yml,           check, a.yml b.yml",
    "list,                        list,  ''",
  })
  void findsTheCommandAndItsOperands(String line, String command, String operands)
      throws UsageException {
    CommandLine.Run run = run(line);

    assertEquals(command, run.syntax().command());
    assertEquals(operands, String.join(" ", run.arguments().operands()));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                            Name a command or a manifest",
    "biuld image.yml,               '\"biuld\" is neither a command nor a manifest."
        + " Did you mean \"build\"?'",
    "frobnicate,                    '\"frobnicate\" is neither a command nor a manifest'",
    "build,                         build needs a MANIFEST",
    "--debug,                       build needs a MANIFEST",
    "check,                         check needs a MANIFEST",
    "build a.yml b.yml,             '\"b.yml\" is too much: build takes one MANIFEST'",
    "list x,                        '\"x\" is too much: list takes no operand'",
    "build --debgu a.yml,           'build does not know the option --debgu."
        + " Did you mean \"--debug\"?'",
    "--colour never a.yml,          'build does not know the option --colour."
        + " Did you mean \"--color\"?'",
    "list --debug,                  list does not know the option --debug",
    "build a.yml --log,             '--log needs a value: --log=FOLDER'",
    "build --log --debug a.yml,     '--log needs a value: --log=FOLDER'",
    "build --log -x a.yml,          '--log needs a value: --log=FOLDER"
        + " (write it with = if it starts with a dash)'",
    "build --debug=yes a.yml,       --debug takes no value",
    "build --color=atuo a.yml,      '--color: \"atuo\" is not one of auto, never."
        + " Did you mean \"auto\"?'",
    "build --color= a.yml,          '--color: \"\" is not one of auto, never'",
    "boot --port=0 disk,            '--port: \"0\" is not a whole number from 1 to 65535'",
    "boot --port ssh disk,          '--port: \"ssh\" is not a whole number from 1 to 65535'",
    "help biuld,                    '\"biuld\" is neither a command nor a manifest."
        + " Did you mean \"build\"?'",
  })
  void saysWhatIsWrong(String line, String message) {
    assertEquals(message, assertThrows(UsageException.class, () -> parse(line)).getMessage());
  }

  @Test
  void readsTheValuesOfOptions() throws UsageException {
    Arguments arguments = run("build --log=logs --color never a.yml").arguments();

    assertEquals(Optional.of("logs"), arguments.get(LOG));
    assertEquals(Optional.of(Colour.NEVER), arguments.get(COLOR));
    assertEquals(Optional.empty(), arguments.get(DEBUG));
    assertEquals(Optional.of(8022), run("boot --port 8022 disk").arguments().get(PORT));
  }

  @Test
  void aLaterValueReplacesAnEarlierOne() throws UsageException {
    assertEquals(Optional.of("second"), run("--log first --log second a.yml").arguments().get(LOG));
  }

  @Test
  void anOptionsValueIsNotTakenForACommand() throws UsageException {
    CommandLine.Run run = run("--log boot image.yml");

    assertEquals("build", run.syntax().command());
    assertEquals(Optional.of("boot"), run.arguments().get(LOG));
  }

  @ParameterizedTest
  @CsvSource({
    "--help, ''",
    "-h, ''",
    "help, ''",
    "help boot, boot",
    "boot --help, boot",
    "--port 5 boot -h, boot",
  })
  void givesHelp(String line, String command) throws UsageException {
    CommandLine.Help help = assertInstanceOf(CommandLine.Help.class, parse(line));

    assertEquals(command, help.syntax().map(Syntax::command).orElse(""));
  }

  @Test
  void tellsTheVersion() throws UsageException {
    assertInstanceOf(CommandLine.Version.class, parse("--version"));
  }

  @Test
  void theHelpNamesAllCommandsAndTheirOptions() {
    Stream.of("build", "boot", "check", "list")
        .forEach(command -> assertTrue(commandLine.help().contains("\n  " + command)));
    assertTrue(BUILD.help().contains("--log=FOLDER          Where the log goes"), BUILD.help());
    assertTrue(BUILD.help().contains("--color=auto|never    Colours"), BUILD.help());
  }
}
