/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsPluginTest extends PluginTest<UnitsPlugin> {
  UnitsPluginTest() {
    super("units", new UnitsPlugin(), new ManifestFiles());
  }

  private TestBuild build(String settings) throws IOException {
    TestBuild build = newBuild(settings);
    build.root().write("usr/bin/systemctl", "");
    build.root().write("usr/lib/systemd/system/ssh.service", "");
    build.root().write("usr/lib/systemd/system/getty@.service", "");
    build.root().write("usr/lib/systemd/system/multi-user.target", "");
    build.root().write("etc/init.d/legacy", "");
    return build;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | plugins.units:",
        "{enable: []} | plugins.units.enable:",
        "{enable: [ssh]} | plugins.units.enable.0: \"ssh\"",
        "{enable: ['a b.service']} | plugins.units.enable.0:",
        "{start: [ssh.service]} | Unknown key `start`",
        "{default_target: graphical} | plugins.units.default_target:",
        "{install: [{name: app.service}]} | plugins.units.install.0: The key `src` is missing",
        "{install: [{src: app.service}]} | plugins.units.install.0: The key `name` is missing",
        "{install: [{name: a.service, src: a, content: '[Unit]'}]} | Remove one of src and content",
        "{install: [{name: a.service, content: 'x=1'}]} | Line 1 of the unit is outside of any section",
        "{install: [{name: a.service, src: a}, {name: a.service, src: b}]} | There are two files /etc/systemd/system/a.service",
        "{drop_ins: [{unit: ssh.service, name: limits, src: a}]} | plugins.units.drop_ins.0.name:",
        "{enable: [ssh.service], mask: [ssh.service]} | plugins.units.mask.0: The unit ssh.service is in enable, too",
        "{enable: [ssh.service], disable: [ssh.service]} | plugins.units.disable.0: The unit ssh.service is in enable",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "[Unit]                                         | -",
        "# comment;[Service];ExecStart=a \\;  --more;User=b | -",
        "[Service];ExecStart=a \\;# comment;b c          | -",
        "[Service];Environment =                        | -",
        "                                               | The unit has no section",
        "ExecStart=a                                    | Line 1 of the unit is outside of any section",
        "[Service];;ExecStart a                         | Line 3 of the unit is neither a section nor a setting",
        "[Service;                                      | Line 1 of the unit is outside of any section",
      })
  void linesThatSystemdWouldIgnoreAreFound(String lines, String problem) {
    String text = lines == null ? "" : lines.replace(";", "\n");
    assertEquals(Optional.ofNullable(problem), UnitFile.problem(text));
  }

  @Test
  void onlyTheRequestedTasksAreSelected() {
    assertEquals(
        Set.of("WriteUnits"),
        TestTaskSet.selectedBy(
                plugin, check("{install: [{name: a.service, content: '[Service]'}]}"))
            .names());
    assertEquals(
        Set.of("CheckUnitFiles", "WriteUnits", "EnableUnits"),
        TestTaskSet.selectedBy(
                plugin, check("{drop_ins: [{unit: a.service, src: a}], enable: [b.service]}"))
            .names());
  }

  @Test
  void unitsAndDropInsAreWrittenWhereSystemdReadsThem() throws Exception {
    Files.writeString(directory.resolve("limits"), "[Service]\nMemoryMax=1G\n");
    TestBuild build =
        build(
            "{install: [{name: app.service, content: '[Service]'}], drop_ins: ["
                + "{unit: ssh.service, src: limits},"
                + " {unit: ssh.service, name: more.conf, content: '[Unit]'}]}");
    new CheckUnitFiles().run(build);
    new WriteUnits().run(build);
    assertEquals("[Service]\n", build.root().read("etc/systemd/system/app.service"));
    assertEquals(
        "[Service]\nMemoryMax=1G\n",
        build.root().read("etc/systemd/system/ssh.service.d/override.conf"));
    assertEquals("[Unit]\n", build.root().read("etc/systemd/system/ssh.service.d/more.conf"));
  }

  @Test
  void allFilesThatAreMissingOrNoUnitsAreReportedAtOnce() throws Exception {
    Files.writeString(directory.resolve("wrong"), "hello");
    TestBuild build =
        build("{install: [{name: a.service, src: missing}, {name: b.service, src: wrong}]}");
    String message =
        assertThrows(BuildException.class, () -> new CheckUnitFiles().run(build)).getMessage();
    assertTrue(message.contains("install.0.src: there is no file "), message);
    assertTrue(message.contains("install.1.src: "), message);
    assertTrue(message.contains("Line 1 of the unit is outside of any section"), message);
  }

  @Test
  void unitsAreDisabledMaskedAndEnabled() throws Exception {
    TestBuild build =
        build(
            "{enable: [getty@tty2.service, legacy.service], disable: [ssh.service],"
                + " mask: [absent.service], default_target: multi-user.target}");
    new EnableUnits().run(build);
    assertEquals(
        List.of(
            "systemctl disable -- ssh.service",
            "systemctl mask -- absent.service",
            "systemctl enable -- getty@tty2.service legacy.service",
            "systemctl set-default -- multi-user.target"),
        build.host().imageCommandLines());
  }

  @Test
  void allUnitsThatTheImageDoesNotHaveAreNamed() throws Exception {
    TestBuild build = build("{enable: [ssh.service, app.service], disable: [none.timer]}");
    String message =
        assertThrows(BuildException.class, () -> new EnableUnits().run(build)).getMessage();
    assertTrue(message.contains("units.enable.1: the image has no unit app.service"), message);
    assertTrue(message.contains("units.disable.0: the image has no unit none.timer"), message);
    assertEquals(List.of(), build.host().imageCommands());
  }

  @Test
  void anImageWithoutSystemdIsReported() throws Exception {
    TestBuild build = newBuild("{mask: [a.service]}");
    String message =
        assertThrows(BuildException.class, () -> new EnableUnits().run(build)).getMessage();
    assertTrue(message.contains("plugins.units: the image has no systemd."), message);
  }
}
