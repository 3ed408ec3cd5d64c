/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.http.internal.server.HttpSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFilesTest {
  /** What the distribution ships. */
  private static final Path SAMPLES = Path.of("../../runtime/distribution/src/main/conf");

  private static final String QUEUE = "org.bootstrapvz.appliance.queue";
  private static final String HTTP = "org.bootstrapvz.appliance.http";
  private static final String DATABASE = "org.bootstrapvz.appliance.database";

  /** A line of a sample that would set something. */
  private static final Pattern LINE = Pattern.compile("#([A-Za-z.]+) =(?: (.*))?");

  @TempDir Path folder;

  /** What bnd made of the annotations. */
  private static List<InputStream> descriptions() throws IOException {
    List<InputStream> streams = new ArrayList<>();
    for (String bundle : List.of(".", "../appliance.http")) {
      try (Stream<Path> files =
          Files.list(Path.of(bundle).resolve("target/classes/OSGI-INF/metatype"))) {
        for (Path file : files.toList()) {
          streams.add(Files.newInputStream(file));
        }
      }
    }
    return streams;
  }

  private void write(String pid, String text) throws IOException {
    Files.writeString(folder.resolve(pid + ".cfg"), text);
  }

  private ConfigurationFiles files() throws IOException {
    return new ConfigurationFiles(folder, null, descriptions(), List.of(new HttpSection()));
  }

  private List<String> problems() throws IOException {
    return files().problems().stream()
        .map(problem -> problem.replace(folder.toAbsolutePath() + "/", ""))
        .toList();
  }

  @Test
  void everySampleHasTheKeysThatAreDescribedWithWhatHoldsWithoutThem() throws IOException {
    Set<String> pids = new TreeSet<>();
    for (InputStream description : descriptions()) {
      Settings settings = Settings.read(description);
      pids.add(settings.pid());
      List<String> described =
          settings.byKey().values().stream()
              .map(setting -> (setting.key() + " = " + setting.usual()).strip())
              .toList();
      List<String> shown = new ArrayList<>();
      for (String line : Files.readAllLines(SAMPLES.resolve(settings.pid() + ".cfg"))) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          shown.add(line.substring(1).strip());
        }
      }
      assertEquals(described, shown, settings.pid());
    }
    assertEquals(new TreeSet<>(ConfigurationFiles.PIDS), pids);
  }

  @Test
  void everySettingSaysWhatItIs() throws IOException {
    for (InputStream description : descriptions()) {
      for (Setting setting : Settings.read(description).byKey().values()) {
        assertEquals(false, setting.description().isBlank(), setting.key());
      }
    }
  }

  @Test
  void theSamplesAsTheyAreShippedAreRight() throws IOException {
    for (String pid : ConfigurationFiles.PIDS) {
      Files.copy(SAMPLES.resolve(pid + ".cfg"), folder.resolve(pid + ".cfg"));
    }
    write(HTTP, "port = 0\n");

    assertEquals(List.of(), problems());
  }

  @Test
  void allMistakesOfAllFilesAreToldWithFileKeyAndWhatWouldBeRight() throws IOException {
    write(HTTP, "adress = 127.0.0.1\nport = 70000\nthreads =\n");
    write(QUEUE, "interrupted = maybe\ninstallMissing = yes\nkeepDays = -1\nconcurrency = two\n");
    write(DATABASE, "url = jdbc:mysql://somewhere\n");
    write("org.bootstrapvz.appliance.queu", "");

    assertEquals(
        List.of(
            "org.bootstrapvz.appliance.queu.cfg: Nothing is configured by a file of this name; did"
                + " you mean org.bootstrapvz.appliance.queue.cfg?",
            DATABASE
                + ".cfg: url: \"jdbc:mysql:…\" is wrong; it should begin with jdbc:postgresql: or"
                + " be left out for a file in the state folder",
            QUEUE
                + ".cfg: concurrency: \"two\" is wrong; it should be a whole number from 0 to 1000;"
                + " without this line it is 0",
            QUEUE
                + ".cfg: installMissing: \"yes\" is wrong; it should be true or false; without this"
                + " line it is false",
            QUEUE
                + ".cfg: interrupted: \"maybe\" is wrong; it should be MARK or QUEUE; without this"
                + " line it is MARK",
            QUEUE
                + ".cfg: keepDays: \"-1\" is wrong; it should be a whole number from 0 to"
                + " 2147483647; without this line it is 365",
            HTTP + ".cfg: adress: There is no such setting; did you mean address?",
            HTTP
                + ".cfg: port: \"70000\" is wrong; it should be a whole number from 0 to 65535;"
                + " without this line it is 8484",
            HTTP
                + ".cfg: threads: has no value; it should be a whole number from 6 to 10000;"
                + " without this line it is 24"),
        problems());
  }

  @Test
  void valuesHaveTheTypesOfTheirSettings() throws IOException {
    write(HTTP, "port = 0\nhosts = a.example.org, b.example.org\n");
    write(QUEUE, "interrupted = queue\ninstallMissing = true\nkeepMebibytes = 9000000000\n");
    ConfigurationFiles files = files();

    assertEquals(List.of(), files.problems());
    assertEquals(0, files.inForce(HTTP).get("port"));
    assertArrayEquals(
        new String[] {"a.example.org", "b.example.org"},
        (String[]) files.inForce(HTTP).get("hosts"));
    assertEquals(
        Map.of("interrupted", "QUEUE", "installMissing", true, "keepMebibytes", 9_000_000_000L),
        files.inForce(QUEUE));
  }

  @Test
  void aMistakeLaterLeavesInForceWhatWasSaidBefore() throws IOException {
    write(HTTP, "port = 0\n");
    write(QUEUE, "keepDays = 3\n");
    ConfigurationFiles files = files();

    write(QUEUE, "keepDays = three\n");
    assertEquals(List.of(), files.read());
    assertEquals(1, files.problems().size());
    assertEquals(Map.of("keepDays", 3), files.inForce(QUEUE));

    write(QUEUE, "keepDays = 4\n");
    assertEquals(List.of(QUEUE), files.read());
    assertEquals(List.of(), files.problems());
    assertEquals(Map.of("keepDays", 4), files.inForce(QUEUE));

    Files.delete(folder.resolve(QUEUE + ".cfg"));
    assertEquals(List.of(QUEUE), files.read());
    assertEquals(Map.of(), files.inForce(QUEUE));
  }

  @Test
  void aPortThatIsTakenIsTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      write(HTTP, "port = " + taken.getLocalPort() + "\n");

      assertEquals(
          List.of(
              HTTP
                  + ".cfg: address, port: Cannot listen on 127.0.0.1, port "
                  + taken.getLocalPort()
                  + ": Address already in use"),
          problems());
    }
  }

  @Test
  void aCertificateNeedsItsKeyAndBothMustBeThere() throws IOException {
    write(HTTP, "port = 0\ncertificate = /nowhere/c.pem\n");
    assertEquals(
        List.of(HTTP + ".cfg: key: The value is missing; a certificate needs its key"), problems());

    write(HTTP, "port = 0\ncertificate = /nowhere/c.pem\nkey = /nowhere/k.pem\n");
    assertEquals(
        List.of(HTTP + ".cfg: certificate: The file /nowhere/c.pem is missing or not readable"),
        problems());

    Path pem = Files.writeString(folder.resolve("c.pem"), "nonsense");
    write(HTTP, "port = 0\ncertificate = " + pem + "\nkey = " + pem + "\n");
    assertEquals(
        List.of(
            HTTP
                + ".cfg: certificate, key: c.pem contains no certificate; it must start with"
                + " -----BEGIN CERTIFICATE-----"),
        problems());
  }

  @Test
  void aPasswordInTheAddressOfTheDatabaseIsRefusedAndNotRepeated() throws IOException {
    write(HTTP, "port = 0\n");
    for (String url :
        List.of(
            "jdbc:postgresql://host/builds?user=a&password=secret",
            "jdbc:postgresql://a:secret@host/builds",
            "postgresql://a:secret@host/builds")) {
      write(DATABASE, "url = " + url + "\n");

      List<String> problems = problems();

      assertEquals(1, problems.size(), url);
      assertEquals(false, problems.get(0).contains("secret"), problems.get(0));
    }
  }

  @Test
  void aFolderThatIsMissingIsTold() throws IOException {
    Path missing = folder.resolve("missing");

    assertEquals(
        List.of(missing + ": There is no such folder; it should hold the configuration"),
        new ConfigurationFiles(missing, null, descriptions(), List.of()).problems());
  }
}
