/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.bootstrapvz.cli.internal.build.BuildCommand;
import org.bootstrapvz.cli.internal.init.InitCommand;
import org.bootstrapvz.cli.internal.manifest.MigrateCommand;
import org.bootstrapvz.cli.internal.manifest.RenderCommand;
import org.bootstrapvz.cli.internal.manifest.SchemaCommand;
import org.bootstrapvz.cli.internal.manifest.ValidateCommand;
import org.bootstrapvz.cli.internal.model.CommandTable;
import org.bootstrapvz.cli.internal.plan.ExplainCommand;
import org.bootstrapvz.cli.internal.plan.PlanCommand;
import org.bootstrapvz.cli.internal.plugins.PluginsCommand;
import org.bootstrapvz.cli.internal.project.NewCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completion scripts and manual pages of the commands of this bundle. */
class ReferenceTest {
  @TempDir private Path directory;

  private static <T> Supplier<T> unused() {
    return () -> {
      throw new AssertionError("No service is needed to describe a command");
    };
  }

  private static CommandTable table() {
    return new TestProgram()
        .with("build", new BuildCommand(unused(), unused(), Path.of("/var/log")))
        .with("plan", PlanCommand.of(unused()))
        .with("explain", ExplainCommand.of(unused()))
        .with("validate", ValidateCommand.of(unused(), unused()))
        .with("init", InitCommand.of(unused(), unused()))
        .with("render", RenderCommand.of(unused()))
        .with("schema", SchemaCommand.of(unused()))
        .with("migrate", MigrateCommand.of(unused(), unused(), unused()))
        .with("plugins", PluginsCommand.of(unused(), unused()))
        .with("new", new NewCommand(unused(), Path.of("/opt")))
        .with("completion", new CompletionCommand(unused()))
        .with("manual", new ManualCommand(unused()))
        .table();
  }

  private static CommandReference reference() {
    return CommandReference.of(table());
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static boolean has(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  /** What bash offers for a line, split into words as readline does it. */
  private List<String> completions(String line) throws IOException, InterruptedException {
    Path script =
        Files.writeString(directory.resolve("bootstrap-vz"), BashCompletion.script(reference()));
    Path work = Files.createDirectories(directory.resolve("work"));
    Files.writeString(work.resolve("image.yml"), "");
    Files.createDirectories(work.resolve("images"));
    List<String> words = new ArrayList<>();
    for (String word : (line.endsWith(" ") ? line + "|" : line).split(" ")) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        words.add(word.substring(0, equals));
        words.add("=");
        words.add(word.substring(equals + 1));
      } else {
        words.add(word.equals("|") ? "" : word);
      }
    }
    String current = words.get(words.size() - 1);
    if (current.isEmpty() && words.get(words.size() - 2).equals("=")) {
      words.remove(words.size() - 1);
    }
    StringBuilder array = new StringBuilder();
    words.forEach(word -> array.append(" '").append(word).append("'"));
    String program =
        """
        compopt() { :; }
        source '%s'
        complete -p bootstrap-vz >/dev/null || exit 1
        cd '%s'
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        _bootstrap_vz bootstrap-vz '%s' ''
        printf '%%s\\n' "${COMPREPLY[@]}" | sort
        """
            .formatted(script, work, array, words.size() - 1, current);
    return run(List.of("bash", "--norc", "-c", program)).lines().filter(s -> !s.isEmpty()).toList();
  }

  @Test
  void everyOptionOfEveryCommandIsInAllOfThem() {
    assertTrue(reference().all().size() >= 17, reference().all().toString());
    ReferenceCheck.everyOptionIsDescribed(table());
  }

  @Test
  void theManualPageOfTheProgramNamesAllCommands() {
    String page = ManualPages.of(reference()).get("bootstrap-vz.1").replace("\\-", "-");
    table().names().forEach(name -> assertTrue(page.contains("bootstrap-vz-" + name), name));
  }

  @Test
  void bashAcceptsTheScript() throws Exception {
    Path script =
        Files.writeString(directory.resolve("completion"), BashCompletion.script(reference()));
    assertEquals("", run(List.of("bash", "-n", script.toString())));
  }

  @Test
  void zshAcceptsTheScript() throws Exception {
    assumeTrue(has("zsh"));
    Path script =
        Files.writeString(directory.resolve("completion"), ZshCompletion.script(reference()));
    assertEquals("", run(List.of("zsh", "-n", script.toString())));
  }

  @Test
  void manAcceptsThePages() throws Exception {
    assumeTrue(has("man"));
    for (var page : ManualPages.of(reference()).entrySet()) {
      Path file = Files.writeString(directory.resolve(page.getKey()), page.getValue());
      String text = run(List.of("man", "--warnings", "-P", "cat", "-l", file.toString()));
      assertTrue(text.contains("EXIT STATUS"), text);
      assertFalse(text.contains("warning"), text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bootstrap-vz pl, plan plugins",
    "bootstrap-vz --dr, --dry-run",
    "bootstrap-vz im, image.yml images",
    "bootstrap-vz image.yml --pa, --pause-on-error",
    "bootstrap-vz --color=al, always",
    "'bootstrap-vz plan ', image.yml images",
    "bootstrap-vz plan --, --format= --help --only= --output= --set= --var-file=",
    "bootstrap-vz plan --fo, --format=",
    "'bootstrap-vz plan --format ', dot json svg text",
    "bootstrap-vz plan --format=, dot json svg text",
    "bootstrap-vz plan --format=s, svg",
    "bootstrap-vz plan --output=ima, image.yml images",
    "'bootstrap-vz build --log ', images",
    "bootstrap-vz plugins in, index install",
    "bootstrap-vz plugins install --, --help --repository=",
    "bootstrap-vz plugins index im, images",
    "bootstrap-vz --dry-run plan --f, --format=",
    "bootstrap-vz help plugins rem, remove",
    "'bootstrap-vz completion ', bash zsh",
    "'bootstrap-vz explain image.yml ', image.yml images",
    "bootstrap-vz schema x, ''",
  })
  void bashCompletes(String line, String offered) throws Exception {
    assertEquals(offered, String.join(" ", completions(line)), line);
  }

  @Test
  void theCommandsPrintAndWriteThem() throws Exception {
    TestTerminal terminal = new TestTerminal();
    TestProgram program =
        new TestProgram()
            .with("completion", new CompletionCommand(ReferenceTest::table))
            .with("manual", new ManualCommand(ReferenceTest::table));
    assertEquals(0, program.run(terminal.plain(), "completion", "zsh"));
    assertEquals(ZshCompletion.script(reference()), terminal.out());
    Path pages = directory.resolve("man/man1");
    assertEquals(0, program.run(terminal.plain(), "manual", pages.toString()), terminal.err());
    assertTrue(Files.readString(pages.resolve("bootstrap-vz-plan.1")).contains(".TH"));
    assertEquals(2, program.run(terminal.plain(), "completion", "fish"));
    assertTrue(terminal.err().contains("SHELL: \"fish\" is not one of bash, zsh"), terminal.err());
  }
}
