/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.NestedCommands;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.model.CommandEntry;
import org.bootstrapvz.cli.internal.model.CommandTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

class ArgumentParserTest {
  private enum Colour {
    AUTO,
    NEVER
  }

  /** A command that is parsed but never run. */
  private record Parsed(Supplier<CommandSpec> model) implements Command {
    @Override
    public CommandSpec spec() {
      return model.get();
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
      throw new AssertionError("Nothing is run here");
    }
  }

  private final List<String> fetched = new ArrayList<>();
  private final ArgumentParser parser =
      new ArgumentParser(commands(), Path.of("an-existing-file")::equals);

  private CommandTable commands() {
    Command add =
        new Parsed(() -> CommandSpec.create().addPositional(Operands.text(0, "NAME", "A name")));
    Command empty = new Parsed(CommandSpec::create);
    return new CommandTable(
        List.of(
            entry(
                "build",
                () ->
                    CommandSpec.create()
                        .addPositional(Operands.path(0, "MANIFEST", "The manifest"))
                        .addOption(Options.flag("--debug", "Show more"))
                        .addOption(Options.text("--log", "DIR", "Where the log goes"))
                        .addOption(Options.choice("--color", Colour.class, "Colours"))),
            entry(
                "boot",
                () ->
                    CommandSpec.create()
                        .addPositional(Operands.path(0, "IMAGE", "The image"))
                        .addOption(Options.number("--port", "PORT", 1, 65535, "A port"))),
            entry(
                "check",
                () -> CommandSpec.create().addPositional(Operands.paths("MANIFEST", "Manifests"))),
            entry("list", CommandSpec::create),
            entry(
                "token",
                () ->
                    new NestedCommands()
                        .add("create", "Create a token", add, "add")
                        .add("list", "List tokens", empty)
                        .addTo(
                            CommandSpec.create()
                                .addOption(Options.text("--server", "URL", "The server"))))));
  }

  private CommandEntry entry(String name, Supplier<CommandSpec> model) {
    return new CommandEntry(
        name,
        "Do " + name,
        CommandCategory.OTHER,
        1,
        () -> {
          fetched.add(name);
          return new Parsed(model);
        });
  }

  private Request parse(String line) throws UsageException {
    return parser.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  private ParseResult run(String line) throws UsageException {
    return assertInstanceOf(Request.Run.class, parse(line)).arguments();
  }

  private static String operands(ParseResult arguments) {
    List<String> all = new ArrayList<>();
    for (ParseResult each = arguments; each != null; each = each.subcommand()) {
      for (PositionalParamSpec operand : each.matchedPositionals()) {
        operand.originalStringValues().stream().filter(v -> !all.contains(v)).forEach(all::add);
      }
    }
    return String.join(" ", all);
  }

  @ParameterizedTest
  @CsvSource({
    "build image.yml,             bootstrap-vz build, image.yml",
    "image.yml,                   bootstrap-vz build, image.yml",
    "folder/image.json,           bootstrap-vz build, folder/image.json",
    "image.yaml --debug,          bootstrap-vz build, image.yaml",
    "an-existing-file,            bootstrap-vz build, an-existing-file",
    "--debug image.yml,           bootstrap-vz build, image.yml",
    "--log logs image.yml,        bootstrap-vz build, image.yml",
    "--log - image.yml,           bootstrap-vz build, image.yml",
    "--debug build image.yml,     bootstrap-vz build, image.yml",
    "--port 22 boot disk,         bootstrap-vz boot,  disk",
    "-- image,                    bootstrap-vz build, image",
    "build -- --odd.yml,          bootstrap-vz build, --odd.yml",
    "build @image.yml,            bootstrap-vz build, @image.yml",
    "check a.yml b.yml,           bootstrap-vz check, a.yml b.yml",
    "list,                        bootstrap-vz list,  ''",
    "token create vera,           bootstrap-vz token create, vera",
    "token add vera,              bootstrap-vz token create, vera",
    "--server x token list,       bootstrap-vz token list, ''",
  })
  void findsTheCommandAndItsOperands(String line, String command, String operands)
      throws UsageException {
    ParseResult run = run(line);

    ParseResult last = run.hasSubcommand() ? run.subcommand() : run;
    assertEquals(command, last.commandSpec().qualifiedName());
    assertEquals(operands, operands(run));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                            Missing command or manifest",
    "biuld image.yml,               '\"biuld\" is neither a command nor a manifest."
        + " Did you mean \"build\"?'",
    "frobnicate,                    '\"frobnicate\" is neither a command nor a manifest'",
    "frobnicate --help,             '\"frobnicate\" is neither a command nor a manifest'",
    "biuld -h,                      '\"biuld\" is neither a command nor a manifest."
        + " Did you mean \"build\"?'",
    "build,                         Missing argument: MANIFEST",
    "--debug,                       Missing argument: MANIFEST",
    "check,                         Missing argument: MANIFEST",
    "build a.yml b.yml,             'Unexpected argument \"b.yml\"'",
    "list x,                        'Unexpected argument \"x\"'",
    "build --debgu a.yml,           'Unknown option --debgu. Did you mean \"--debug\"?'",
    "--colour never a.yml,          'Unknown option --colour. Did you mean \"--color\"?'",
    "list --debug,                  Unknown option --debug",
    "build a.yml --log,             '--log needs a value: --log=DIR'",
    "build --log --debug a.yml,     '--log needs a value: --log=DIR'",
    "build --log -x a.yml,          '--log needs a value: --log=DIR"
        + " (write it with = if it starts with a dash)'",
    "build --debug=yes a.yml,       --debug takes no value",
    "build --color=atuo a.yml,      '--color: \"atuo\" is not one of auto, never."
        + " Did you mean \"auto\"?'",
    "build --color= a.yml,          '--color: \"\" is not one of auto, never'",
    "boot --port=0 disk,            '--port: \"0\" is not a whole number from 1 to 65535'",
    "boot --port ssh disk,          '--port: \"ssh\" is not a whole number from 1 to 65535'",
    "help biuld,                    '\"biuld\" is neither a command nor a manifest."
        + " Did you mean \"build\"?'",
    "token craete vera,             'Unknown command \"token craete\"."
        + " Did you mean \"create\"?'",
    "token craete --help,           'Unknown command \"token craete\"."
        + " Did you mean \"create\"?'",
    "help token craete,             'Unknown command \"token craete\"."
        + " Did you mean \"create\"?'",
    "token create,                  Missing argument: NAME",
  })
  void reportsErrors(String line, String message) {
    assertEquals(message, assertThrows(UsageException.class, () -> parse(line)).getMessage());
  }

  @Test
  void readsTheValuesOfOptions() throws UsageException {
    ParseResult arguments = run("build --log=logs --color never a.yml");

    assertEquals(Optional.of("logs"), Options.value(arguments, "--log"));
    assertEquals(Optional.of(Colour.NEVER), Options.value(arguments, "--color"));
    assertEquals(false, Options.has(arguments, "--debug"));
    assertEquals(Optional.of(8022), Options.value(run("boot --port 8022 disk"), "--port"));
    assertEquals(true, Options.has(run("build --debug a.yml"), "--debug"));
  }

  @Test
  void aLaterValueReplacesAnEarlierOne() throws UsageException {
    assertEquals(
        Optional.of("second"), Options.value(run("--log first --log second a.yml"), "--log"));
  }

  @Test
  void theValueOfAnOptionIsNotACommand() throws UsageException {
    ParseResult run = run("--log boot image.yml");

    assertEquals("bootstrap-vz build", run.commandSpec().name());
    assertEquals(Optional.of("boot"), Options.value(run, "--log"));
  }

  @ParameterizedTest
  @CsvSource({"token --server=x list", "token list --server=x", "--server x token list"})
  void anOptionMayComeBeforeOrAfterTheNestedCommand(String line) throws UsageException {
    assertEquals(Optional.of("x"), Options.value(run(line).subcommand(), "--server"));
  }

  @ParameterizedTest
  @CsvSource({
    "--help, ''",
    "-h, ''",
    "help, ''",
    "help boot, bootstrap-vz boot",
    "boot --help, bootstrap-vz boot",
    "--port 5 boot -h, bootstrap-vz boot",
    "image.yml --help, bootstrap-vz build",
    "token --help, bootstrap-vz token",
    "token create --help, bootstrap-vz token create",
    "token --server create create -h, bootstrap-vz token create",
    "help token create, bootstrap-vz token create",
  })
  void givesHelp(String line, String command) throws UsageException {
    Request.Help help = assertInstanceOf(Request.Help.class, parse(line));

    assertEquals(
        command, help.command().map(each -> each.getCommandSpec().qualifiedName()).orElse(""));
  }

  @Test
  void givesTheVersion() throws UsageException {
    assertInstanceOf(Request.Version.class, parse("--version"));
  }

  @Test
  void onlyTheCommandInUseIsFetched() throws UsageException {
    parse("boot disk");
    parse("check a.yml");
    parse("image.yml");
    parse("--help");

    assertEquals(List.of("boot", "check", "build"), fetched);
  }

  @Test
  void theHelpListsAllCommands() {
    String help = HelpPage.of(commands());

    for (String command : List.of("build", "boot", "check", "list", "token")) {
      assertTrue(help.contains("\n  " + command + " "), help);
    }
  }
}
