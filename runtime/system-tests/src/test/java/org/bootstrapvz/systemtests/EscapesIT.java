/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A manifest with a hostile command and a hostile package tries to leave its build, and to look
 * into the host, into the appliance and into other builds.
 */
class EscapesIT {
  private static final Pattern ATTEMPT = Pattern.compile("escape: (\\S+ \\S+) (refused|SUCCEEDED)");
  private static final String MARK = "Pl4inl7-";
  private static final String MARK_END = "v1sible";
  private static final long FIRST_ID = 1_879_048_192L;
  private static final int FEWEST = 40;

  private final List<String> succeeded = new ArrayList<>();
  private final Set<String> refused = new TreeSet<>();

  @Test
  void nothingThatACommandOrAPackageTriesLeavesTheBuild() throws Exception {
    Appliance appliance = new Appliance("escapes");
    Path hostile = Files.createDirectories(appliance.distribution.folder().resolve("hostile"));
    // Only what everybody can read tests more than the permissions of the directories above.
    Path open = Files.createTempDirectory(Path.of("/var/tmp"), "escapes");
    DetachedImage.run("chmod", "755", open.toString());
    Path secret = Files.writeString(open.resolve("secret"), MARK + MARK_END + "\n");
    Path other = appliance.stateFolder().resolve("appliance/builds/999/disk.raw");
    Files.createDirectories(other.getParent());
    Files.writeString(other, MARK + MARK_END);
    appliance.configure(
        "queue", "concurrency = 1\nmaxProcesses = 1000\nisolationPaths = " + hostile);
    appliance.setVariable("ESCAPES", MARK + MARK_END);
    String hostName = Files.readString(Path.of("/proc/sys/kernel/hostname"));
    Process victim =
        new ProcessBuilder("perl", "-e", "sleep 3600", MARK + MARK_END).inheritIO().start();
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(open.resolve("socket")));
      DetachedImage.run("chmod", "777", open.resolve("socket").toString());
      String variables =
          """
          secret=%s state=%s other=%s socket=%s victim=%s mark1=%s mark2=%s
          """
              .formatted(
                  secret,
                  appliance.stateFolder(),
                  other,
                  open.resolve("socket"),
                  victim.pid(),
                  MARK,
                  MARK_END);
      String script = Files.readString(Path.of("src/test/resources/escapes.sh"));
      Path command =
          Files.writeString(
              hostile.resolve("command"), variables + "place=command workspace=$1\n" + script);
      Path deb = packageWith(hostile, "#!/bin/sh\n" + variables + "place=package\n" + script);
      appliance.serve();
      long id = appliance.submit("hostile.yml", manifest(command, deb));
      JsonNode build = appliance.end(id);
      String log =
          appliance.send(appliance.request("/api/v1/builds/" + id + "/log").build()).body();
      read(log);

      assertEquals("succeeded", build.get("state").asString(), build + "\n" + log);
      assertEquals(List.of("command control", "package control"), succeeded, refused.toString());
      for (String place : List.of("command", "package")) {
        long tried = refused.stream().filter(each -> each.startsWith(place)).count();
        assertTrue(tried >= FEWEST, tried + " attempts of a " + place + "\n" + log);
        assertTrue(log.contains("escape: " + place + " end"), log);
      }
      System.out.println("escapes: " + refused.size() + " refused: " + refused);

      assertTrue(victim.isAlive(), "the process on the host was not ended");
      assertEquals(hostName, Files.readString(Path.of("/proc/sys/kernel/hostname")));
      assertFalse(Files.exists(Path.of("/usr/bin/bootstrap-vz-escaped")));
      assertFalse(Files.exists(appliance.stateFolder().resolve("escaped")));
      assertEquals(MARK + MARK_END + "\n", Files.readString(secret), "the secret is unchanged");
      assertEquals(List.of(), processesOfBuilds(), "no process outlives the build");
      artefactsBelongToRoot(appliance.stateFolder().resolve("appliance/builds/" + id), build);
    } finally {
      victim.destroyForcibly().waitFor();
      appliance.stop();
      DetachedImage.run("rm", "--recursive", "--force", open.toString());
    }
    assertEquals(List.of(), appliance.distribution.leftovers());
  }

  private static String manifest(Path command, Path deb) {
    return Appliance.container("hostile")
        + """
        packages: {install: ['%s']}
        plugins:
          commands:
            commands:
              - [sh, '%s', '{root}/../../..']
        """
            .formatted(deb, command);
  }

  private static Path packageWith(Path folder, String postinst) throws Exception {
    Path tree = folder.resolve("package");
    Path control = Files.createDirectories(tree.resolve("DEBIAN"));
    Files.writeString(
        control.resolve("control"),
        """
        Package: hostile
        Version: 1.0
        Architecture: all
        Maintainer: Nobody <nobody@example.org>
        Description: tries to leave its build
        """);
    Path script = Files.writeString(control.resolve("postinst"), postinst);
    DetachedImage.run("chmod", "755", script.toString());
    Path deb = folder.resolve("hostile.deb");
    DetachedImage.run("dpkg-deb", "--root-owner-group", "--build", tree.toString(), deb.toString());
    return deb;
  }

  private void read(String log) {
    Matcher matcher = ATTEMPT.matcher(log);
    while (matcher.find()) {
      if (matcher.group(2).equals("refused")) {
        refused.add(matcher.group(1));
      } else if (!succeeded.contains(matcher.group(1))) {
        succeeded.add(matcher.group(1));
      }
    }
    succeeded.sort(null);
  }

  private static List<String> processesOfBuilds() throws Exception {
    List<String> found = new ArrayList<>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      Path directory = Path.of("/proc/" + process.pid());
      try {
        Object uid = Files.getAttribute(directory, "unix:uid");
        if (Integer.toUnsignedLong((Integer) uid) >= FIRST_ID) {
          found.add(Files.readString(directory.resolve("cmdline")).replace('\0', ' '));
        }
      } catch (java.io.IOException e) {
        // It ended in the meantime.
      }
    }
    return found;
  }

  private static void artefactsBelongToRoot(Path directory, JsonNode build) throws Exception {
    Set<String> names = new TreeSet<>();
    build.get("artefacts").forEach(artefact -> names.add(artefact.get("name").asString()));
    assertFalse(names.isEmpty(), build.toString());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(
          names,
          new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()),
          "nothing else is left");
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        assertEquals(
            0, Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS), file.toString());
      }
    }
  }
}
