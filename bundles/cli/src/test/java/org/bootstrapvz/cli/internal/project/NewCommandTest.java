/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewCommandTest {
  @TempDir Path folder;
  private final TestTerminal terminal = new TestTerminal();

  private int run(String... words) {
    List<ExtensionInfo> installed =
        List.of(
            new ExtensionInfo(
                ExtensionInfo.Kind.PLUGIN,
                "taken",
                "",
                "org.acme.plugin.taken",
                "1.0.0",
                ExtensionInfo.State.ACTIVE,
                ""));
    return new TestProgram()
        .with("new", new NewCommand(() -> () -> installed, Path.of("/opt/bootstrap-vz")))
        .run(terminal.plain(), words);
  }

  private String project() {
    return folder.resolve("project").toString();
  }

  @ParameterizedTest
  @CsvSource({"plugin, MyNotePlugin, WriteMyNote", "provider, MyNoteProvider, DescribeMyNote"})
  void allFilesAreThereAndNothingInThemIsLeftToFillIn(String kind, String extension, String task)
      throws Exception {
    assertEquals(0, run("new", kind, "my_note", "--group=com.acme", "--dir", project()));

    String source = "src/main/java/com/acme/" + kind + "/my_note/";
    for (String file :
        List.of("pom.xml", "README.md", source + extension + ".java", source + task + ".java")) {
      assertTrue(Files.isRegularFile(Path.of(project(), file)), file);
    }
    try (Stream<Path> files = Files.walk(Path.of(project())).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        assertFalse(text.matches("(?s).*@[a-z]+[A-Za-z]*@.*"), file + ": " + text);
        assertFalse(file.toString().contains("@"), file.toString());
      }
    }
    String pom = Files.readString(Path.of(project(), "pom.xml"));
    assertTrue(pom.contains("<groupId>com.acme</groupId>"), pom);
    assertTrue(pom.contains("<bootstrapvz.home>/opt/bootstrap-vz</bootstrapvz.home>"), pom);
    assertFalse(pom.contains("<version>${bnd"), pom);
    assertTrue(terminal.out().contains("mvn verify"), terminal.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plugin | 2fast | | \"2fast\" is not a valid name",
        "plugin | my-note | | \"my-note\" is not a valid name",
        "plugin | My.Note | | \"My.Note\" is not a valid name",
        "plugin | class | | \"class\" is a keyword of Java",
        "plugin | taken | | A plugin named taken is already installed: org.acme.plugin.taken",
        "plugin | cloud_init | | The plugin cloud_init belongs to bootstrap-vz",
        "provider | ec2 | | The provider ec2 belongs to bootstrap-vz",
        "gadget | note | | Unknown command \"new gadget\"",
        "plugin | note | org.bootstrapvz.more | --group: org.bootstrapvz.more belongs to",
        "plugin | note | org.new | --group: \"org.new\" is not a valid Java package",
        "plugin | note | Acme Inc | --group: \"Acme Inc\" is not a valid Java package"
      })
  void aNameThatCannotBeIsRefusedBeforeAnythingIsWritten(
      String kind, String name, String group, String message) {
    assertEquals(
        2,
        run(
            "new",
            kind,
            name,
            "--group=" + (group == null ? "org.acme" : group),
            "--dir=" + project()));

    assertTrue(terminal.err().startsWith("bootstrap-vz: " + message), terminal.err());
    assertFalse(Files.exists(Path.of(project())));
  }

  @Test
  void aProviderMayBeNamedLikeAPlugin() throws Exception {
    assertEquals(0, run("new", "provider", "taken", "--dir", project()));
  }

  @Test
  void aDirectoryThatIsNotEmptyIsLeftAlone() throws Exception {
    Files.createDirectory(Path.of(project()));
    Files.writeString(Path.of(project(), "mine.txt"), "mine");

    assertEquals(1, run("new", "plugin", "note", "--dir", project()));

    assertEquals(
        "bootstrap-vz: The directory " + project() + " is not empty; choose another with --dir\n",
        terminal.err());
    assertEquals(1, Path.of(project()).toFile().list().length);
  }

  @Test
  void aDirectoryThatCannotBeCreatedIsReported() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertEquals(1, run("new", "plugin", "note", "--dir", file.resolve("project").toString()));

    assertTrue(terminal.err().startsWith("bootstrap-vz: Cannot write " + file), terminal.err());
  }
}
