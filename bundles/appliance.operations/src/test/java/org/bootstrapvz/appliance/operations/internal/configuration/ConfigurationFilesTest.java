/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
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
import org.bootstrapvz.appliance.api.RecordedAudit;
import org.bootstrapvz.appliance.api.operations.ConfigurationSection;
import org.bootstrapvz.appliance.http.internal.server.HttpSection;
import org.bootstrapvz.appliance.operations.internal.audit.ConfigurationAudit;
import org.bootstrapvz.appliance.operations.internal.log.LogSection;
import org.bootstrapvz.appliance.queue.internal.QueueSection;
import org.bootstrapvz.appliance.queue.internal.store.DatabaseSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFilesTest {
  /** What the distribution ships. */
  private static final Path SAMPLES = Path.of("../../runtime/distribution/src/main/conf");

  private static final String QUEUE = "org.bootstrapvz.appliance.queue";
  private static final String HTTP = "org.bootstrapvz.appliance.http";
  private static final String DATABASE = "org.bootstrapvz.appliance.database";

  /** A line of a sample that would set something. */
  private static final Pattern LINE = Pattern.compile("#([A-Za-z]+) =(?: (.*))?");

  @TempDir Path folder;

  private static final List<ConfigurationSection> SECTIONS =
      List.of(new HttpSection(), new QueueSection(), new DatabaseSection(), new LogSection());

  private void write(String pid, String text) throws IOException {
    Files.writeString(folder.resolve(pid + ".cfg"), text);
  }

  private ConfigurationFiles files() throws IOException {
    return new ConfigurationFiles(folder, null, SECTIONS);
  }

  private List<String> problems() throws IOException {
    return files().problems().stream()
        .map(problem -> problem.replace(folder.toAbsolutePath() + "/", ""))
        .toList();
  }

  @Test
  void everySampleHasAllKeysWithTheirDefaults() throws IOException {
    Set<String> samples = new TreeSet<>();
    for (ConfigurationSection section : SECTIONS) {
      samples.add(section.pid() + ".cfg");
      List<String> described =
          Settings.of(section).byKey().values().stream()
              .map(setting -> (setting.key() + " = " + setting.defaultValue()).strip())
              .toList();
      List<String> shown = new ArrayList<>();
      for (String line : Files.readAllLines(SAMPLES.resolve(section.pid() + ".cfg"))) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          shown.add(line.substring(1).strip());
        }
      }
      assertEquals(described, shown, section.pid());
    }
    try (Stream<Path> files = Files.list(SAMPLES)) {
      assertEquals(
          samples,
          new TreeSet<>(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.startsWith("org.bootstrapvz.appliance."))
                  .toList()));
    }
  }

  @Test
  void everySettingHasADescriptionAndAValidDefault() throws IOException {
    for (ConfigurationSection section : SECTIONS) {
      for (Setting setting : Settings.of(section).byKey().values()) {
        assertEquals(false, setting.description().isBlank(), setting.key());
        if (setting.quantity().isPresent() && !setting.defaultValue().isEmpty()) {
          assertEquals(setting.defaultValue(), setting.value(setting.defaultValue()));
        }
      }
    }
  }

  @Test
  void aKeyOfAnEarlierVersionNamesTheKeyThatReplacesIt() throws IOException {
    write(HTTP, "port = 0\nlargest.body = 4096\n");
    write(QUEUE, "stopWaitSeconds = 30\n");

    assertEquals(
        List.of(
            HTTP
                + ".cfg:2: largest.body: Unknown setting; it was replaced by maxBodySize: a size"
                + " such as 512MiB or 2GiB, at least 1KiB, at most 1GiB",
            QUEUE
                + ".cfg:1: stopWaitSeconds: Unknown setting; it was replaced by stopTimeout: a"
                + " duration such as 500ms, 90s, 10m, 12h or 30d"),
        problems());
    for (ConfigurationSection section : SECTIONS) {
      Set<String> keys = Settings.of(section).byKey().keySet();
      section
          .renamedKeys()
          .forEach(
              (former, now) -> {
                assertEquals(false, keys.contains(former), former);
                assertEquals(true, keys.contains(now), now);
              });
    }
  }

  @Test
  void theShippedSamplesAreValid() throws IOException {
    for (ConfigurationSection section : SECTIONS) {
      String name = section.pid() + ".cfg";
      Files.copy(SAMPLES.resolve(name), folder.resolve(name));
    }
    write(HTTP, "port = 0\n");

    assertEquals(List.of(), problems());
  }

  @Test
  void allErrorsOfAllFilesAreReportedWithFileKeyAndValidValues() throws IOException {
    write(HTTP, "adress = 127.0.0.1\nport = 70000\nthreads =\nidleTimeout = 1s\n");
    write(QUEUE, "interrupted = maybe\ninstallMissing = yes\nkeepFor = -1d\nconcurrency = two\n");
    write(DATABASE, "url = jdbc:mysql://somewhere\n");
    write("org.bootstrapvz.appliance.queu", "");

    assertEquals(
        List.of(
            "org.bootstrapvz.appliance.queu.cfg: Unknown configuration file; did you mean"
                + " org.bootstrapvz.appliance.queue.cfg?",
            DATABASE
                + ".cfg:1: url: \"jdbc:mysql:…\" is not valid; it must start with jdbc:postgresql:"
                + " (default: empty, for a file in the state directory)",
            HTTP + ".cfg:1: adress: Unknown setting; did you mean address?",
            HTTP
                + ".cfg:4: idleTimeout: \"1s\" is not valid; expected a duration such as 500ms,"
                + " 90s, 10m, 12h or 30d, at least 2s, at most 1d (default: 30s)",
            HTTP
                + ".cfg:2: port: \"70000\" is not valid; expected a whole number from 0 to 65535"
                + " (default: 8484)",
            HTTP
                + ".cfg:3: threads: The value is missing; expected a whole number from 6 to 10000"
                + " (default: 24); remove the line for the default",
            QUEUE
                + ".cfg:4: concurrency: \"two\" is not valid; expected a whole number from 0 to"
                + " 1000 (default: 0)",
            QUEUE
                + ".cfg:2: installMissing: \"yes\" is not valid; expected true or false (default:"
                + " false)",
            QUEUE
                + ".cfg:1: interrupted: \"maybe\" is not valid; expected MARK or QUEUE (default:"
                + " MARK)",
            QUEUE
                + ".cfg:3: keepFor: \"-1d\" is not valid; expected a duration such as 500ms, 90s,"
                + " 10m, 12h or 30d (default: 365d)"),
        problems());
  }

  @Test
  void emptyAndRepeatedSettingsAreErrorsWhateverTheirType() throws IOException {
    for (ConfigurationSection section : SECTIONS) {
      for (Setting setting : Settings.of(section).byKey().values()) {
        write(HTTP, "port = 0\n");
        write(section.pid(), "\n" + setting.key() + " =\n");

        List<String> problems = problems();

        assertEquals(1, problems.size(), setting.key() + problems);
        String start = section.pid() + ".cfg:2: " + setting.key() + ": The value is missing; ";
        assertEquals(true, problems.get(0).startsWith(start), problems.get(0));
        Files.delete(folder.resolve(section.pid() + ".cfg"));
      }
    }
    write(HTTP, "port = 0\nport = 0\n");
    assertEquals(
        List.of(HTTP + ".cfg:2: port: The setting is a duplicate; remove one of them"), problems());
  }

  @Test
  void aFileWhoseNameIsNearlyThatOfOneIsReported() throws IOException {
    write(HTTP, "port = 0\n");
    write("org.bootstrapvz.aplliance.queue", "keepBuilds = 3\n");
    write("org.example.plugin", "anything = goes\n");

    assertEquals(
        List.of(
            "org.bootstrapvz.aplliance.queue.cfg: Unknown configuration file; did you mean"
                + " org.bootstrapvz.appliance.queue.cfg?"),
        problems());
  }

  @Test
  void valuesHaveTheTypesOfTheirSettings() throws IOException {
    write(HTTP, "port = 0\nhosts = a.example.org, b.example.org\n");
    write(QUEUE, "interrupted = queue\ninstallMissing = true\nkeepSize = 9TiB\n");
    ConfigurationFiles files = files();

    assertEquals(List.of(), files.problems());
    assertEquals(0, files.current(HTTP).get("port"));
    assertArrayEquals(
        new String[] {"a.example.org", "b.example.org"},
        (String[]) files.current(HTTP).get("hosts"));
    assertEquals(
        Map.of("interrupted", "QUEUE", "installMissing", true, "keepSize", "9TiB"),
        files.current(QUEUE));
  }

  @Test
  void anErrorInAChangedFileKeepsThePreviousValues() throws IOException {
    write(HTTP, "port = 0\n");
    write(QUEUE, "keepBuilds = 3\n");
    ConfigurationFiles files = files();

    write(QUEUE, "keepBuilds = three\n");
    assertEquals(List.of(), files.read());
    assertEquals(1, files.problems().size());
    assertEquals(Map.of("keepBuilds", 3), files.current(QUEUE));

    write(QUEUE, "keepBuilds = 4\n");
    assertEquals(List.of(QUEUE), files.read());
    assertEquals(List.of(), files.problems());
    assertEquals(Map.of("keepBuilds", 4), files.current(QUEUE));

    Files.delete(folder.resolve(QUEUE + ".cfg"));
    assertEquals(List.of(QUEUE), files.read());
    assertEquals(Map.of(), files.current(QUEUE));
  }

  @Test
  void aChangeWhileTheServerUsesItsPortIsValid() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    write(HTTP, "port = " + port + "\n");
    ConfigurationFiles files = files();
    try (ServerSocket used = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertEquals(port, used.getLocalPort());

      write(HTTP, "port = " + port + "\nthreads = 30\n");

      assertEquals(List.of(HTTP), files.read());
      assertEquals(List.of(), files.problems());
    }
  }

  @Test
  void aPortThatIsInUseIsReported() throws IOException {
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      write(HTTP, "port = " + used.getLocalPort() + "\n");

      assertEquals(
          List.of(
              HTTP
                  + ".cfg:1: address, port: Cannot listen on 127.0.0.1, port "
                  + used.getLocalPort()
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
        List.of(HTTP + ".cfg:2: certificate: The file /nowhere/c.pem is missing or not readable"),
        problems());

    Path pem = Files.writeString(folder.resolve("c.pem"), "nonsense");
    write(HTTP, "port = 0\ncertificate = " + pem + "\nkey = " + pem + "\n");
    assertEquals(
        List.of(
            HTTP
                + ".cfg:2: certificate, key: c.pem contains no certificate; it must start with"
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
  void aMissingConfigurationDirectoryIsReported() throws IOException {
    Path missing = folder.resolve("missing");

    assertEquals(
        List.of(missing + ": The configuration directory does not exist"),
        new ConfigurationFiles(missing, null, SECTIONS).problems());
  }

  @Test
  void aRefusedChangeIsRecordedOnce() throws IOException {
    RecordedAudit audit = new RecordedAudit();
    write(DATABASE, "password = old\n");
    ConfigurationFiles files = files();
    files.bindAudit(audit);
    write(DATABASE, "passwrd = secret\n");
    files.apply();
    files.apply();

    String owner = System.getProperty("user.name");
    assertEquals(
        List.of(
            "configuration-changed|"
                + owner
                + "||configuration directory|"
                + DATABASE
                + ".cfg|refused|it has errors; the previous values stay in use"),
        audit.lines());
  }

  @Test
  void theKeysOfAChangeAreThoseWhoseValuesDiffer() {
    RecordedAudit audit = new RecordedAudit();
    new ConfigurationAudit(audit)
        .changed(
            folder.resolve("x.cfg"),
            Map.of("a", 1, "b", new String[] {"x"}, "password", "old"),
            Map.of("b", new String[] {"x"}, "c", 2, "password", "new"));

    assertEquals(
        List.of("configuration-changed|||configuration directory|x.cfg|ok|a, c, password"),
        audit.lines());
  }
}
