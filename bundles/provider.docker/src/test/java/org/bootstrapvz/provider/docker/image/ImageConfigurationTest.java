/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigurationTest {
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static ImageConfiguration of(String... lines) {
    ImageConfiguration configuration = new ImageConfiguration();
    for (String line : lines) {
      configuration.apply(Instruction.parse(line));
    }
    return configuration;
  }

  private static Object member(String name, String... lines) {
    return of(lines).members().get(name);
  }

  @Test
  void withoutInstructionsThereAreASearchPathAndBashAsInDebiansOwnImages() {
    assertEquals(Map.of("Env", List.of(PATH), "Cmd", List.of("bash")), of().members());
  }

  @Test
  void anEntrypointReplacesTheDefaultCommandButNotOneOfTheManifest() {
    assertEquals(
        Map.of("Env", List.of(PATH), "Entrypoint", List.of("a")),
        of("ENTRYPOINT [\"a\"]").members());
    assertEquals(List.of("b"), member("Cmd", "CMD [\"b\"]", "ENTRYPOINT [\"a\"]"));
  }

  @Test
  void aCommandInJsonIsExecutedDirectlyAndAnyOtherByAShell() {
    assertEquals(List.of("/bin/bash", "-l"), member("Cmd", "CMD [\"/bin/bash\", \"-l\"]"));
    assertEquals(List.of("/bin/sh", "-c", "/bin/bash"), member("Cmd", "CMD /bin/bash"));
    assertEquals(
        List.of("/bin/sh", "-c", "[ -f /x ] && exec y ]"),
        member("Entrypoint", "entrypoint [ -f /x ] && exec y ]"));
    assertEquals(List.of("/bin/sh", "-c", "echo $HOME"), member("Cmd", "CMD echo $HOME"));
  }

  @Test
  void ofTwoInstructionsTheLastOneIsUsed() {
    assertEquals(List.of("b"), member("Cmd", "CMD [\"a\"]", "CMD [\"b\"]"));
    assertEquals("www-data", member("User", "USER root", "USER www-data"));
  }

  @Test
  void theEnvironmentIsBuiltLineByLineAndVariablesAreReplaced() {
    assertEquals(
        List.of(
            "PATH=/opt/bin:" + PATH.substring(5), "A=x y", "B=x y!", "C=$A", "D=1", "E=old way"),
        member(
            "Env",
            "ENV PATH=/opt/bin:$PATH A=\"x y\"",
            "ENV B=${A}! C='$A' D=${NONE:-1}",
            "ENV E old way"));
  }

  @Test
  void labelsOfInstructionsFollowThoseOfTheManifest() {
    ImageConfiguration configuration = new ImageConfiguration();
    configuration.label(new Label("a", "1"));
    configuration.label(new Label("b", "2"));
    configuration.apply(Instruction.parse("LABEL b=3 \"with blank\"=\"4 5\""));
    assertEquals(
        Map.of("a", "1", "b", "3", "with blank", "4 5"), configuration.members().get("Labels"));
  }

  @Test
  void portsAndVolumesAreSets() {
    assertEquals(
        Map.of("80/tcp", Map.of(), "53/udp", Map.of(), "90/tcp", Map.of(), "91/tcp", Map.of()),
        member("ExposedPorts", "EXPOSE 80 53/UDP", "EXPOSE 90-91"));
    assertEquals(
        Map.of("/a b", Map.of(), "/c", Map.of(), "/d", Map.of()),
        member("Volumes", "VOLUME [\"/a b\"]", "VOLUME /c /d"));
  }

  @Test
  void aRelativeWorkingDirectoryStartsAtThePreviousOne() {
    assertEquals("/srv/app", member("WorkingDir", "WORKDIR /srv/www", "WORKDIR ../app"));
    assertEquals("/app", member("WorkingDir", "WORKDIR app"));
  }

  @Test
  void otherInstructionsAreStoredWhereDockerReadsThem() {
    assertEquals("SIGQUIT", member("StopSignal", "STOPSIGNAL SIGQUIT"));
    assertEquals(List.of("RUN make  all"), member("OnBuild", "ONBUILD RUN make  all"));
    assertEquals("A. Maker <a@example.org>", of("MAINTAINER A. Maker <a@example.org>").author());
  }

  @Test
  void linesMayBeContinued() {
    assertEquals(Map.of("a", "1", "b", "2"), member("Labels", "LABEL a=1 \\\n  b=2\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "CMT /bin/bash|Did you mean CMD?",
        "RUN apt-get update|file_copy",
        "FROM debian|has no place",
        "HEALTHCHECK NONE|Write one of CMD",
        "/bin/bash|is not an instruction",
        "CMD|needs a value",
        "CMD ['/bin/bash']|is not a list of strings",
        "CMD [\"a\", 1]|is not a list of strings",
        "CMD []|is not a list of strings",
        "ENV A|needs a name and a value",
        "ENV A=1 B|not a name with a value",
        "ENV A=\"1|is not closed",
        "ENV A=${B|A variable is written",
        "LABEL =x|not a name with a value",
        "EXPOSE http|is not a port",
        "EXPOSE 0|is not a port",
        "EXPOSE 65536|is not a port",
        "EXPOSE 90-80|is not a port",
        "VOLUME data|starts with a slash",
        "USER a b|takes one name",
        "STOPSIGNAL quit|is not a signal",
        "ONBUILD make|another instruction",
        "ONBUILD FROM x|another instruction",
      })
  void errorsAreReportedWithTheRemedy(String line, String part) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> of(line));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void twoInstructionsInOneItemAreRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> of("USER a\nUSER b"));
    assertTrue(e.getMessage().contains("one instruction an item"), e.getMessage());
  }
}
