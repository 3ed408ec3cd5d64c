/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands reach the appliance on their machine over its socket, and no stranger. */
class LocalCommandsIT {
  private static final String NOBODY = "65534";

  /** Prints what is sent to a port. */
  private static final String STRANGER =
      """
      public class Stranger {
        public static void main(String[] arguments) throws Exception {
          var loopback = java.net.InetAddress.getLoopbackAddress();
          try (var server =
              new java.net.ServerSocket(Integer.parseInt(arguments[0]), 50, loopback)) {
            System.out.println("listening");
            while (true) {
              try (var client = server.accept()) {
                System.out.println("connected");
                client.getInputStream().transferTo(System.out);
              }
            }
          }
        }
      }
      """;

  @TempDir private Path folder;
  private Appliance appliance;
  private Distribution distribution;

  @BeforeEach
  void create() throws IOException {
    appliance = new Appliance("local-commands");
    distribution = appliance.distribution;
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Distribution.Outcome run(String... words) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(distribution.command().toString()), Stream.of(words)).toList();
    try (Distribution.Running running = distribution.start(command, environment())) {
      return running.end();
    }
  }

  private Map<String, String> environment() {
    return Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  private void succeeds(String... words) throws IOException, InterruptedException {
    Distribution.Outcome outcome = run(words);
    assertEquals(0, outcome.status(), outcome.output());
  }

  private void fails(String message, String... words) throws IOException, InterruptedException {
    Distribution.Outcome outcome = run(words);
    assertEquals(3, outcome.status(), outcome.output());
    assertTrue(outcome.output().contains(message), outcome.output());
  }

  private void logIn(String address) throws IOException, InterruptedException {
    Path token = Files.writeString(folder.resolve("token"), appliance.token());
    List<String> command =
        List.of("sh", "-c", distribution.command() + " login " + address + " <" + token);
    try (Distribution.Running login = distribution.start(command, environment())) {
      Distribution.Outcome outcome = login.end();
      assertEquals(0, outcome.status(), outcome.output());
      assertEquals(
          "Logged in to " + address + " as local-admin, admin", outcome.output(), "no token");
    }
  }

  @Test
  void aStrangerOnThePortOfAKilledApplianceGetsNothing() throws Exception {
    appliance.serve();
    String address = appliance.address();
    succeeds("builds");
    logIn(address);
    succeeds("builds", "--server=" + address);
    appliance.kill();

    Path program = Files.writeString(folder.resolve("Stranger.java"), STRANGER);
    String port = Integer.toString(URI.create(address).getPort());
    List<String> command =
        List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            program.toString(),
            port);
    try (Distribution.Running stranger = distribution.start(command)) {
      stranger.await(line -> line.equals("listening"));
      fails("No appliance is running on this machine", "builds");
      fails("belongs to the user " + NOBODY, "builds", "--server=" + address);
      fails("You are not logged in", "builds", "--server=http://localhost:" + port);
      stranger.signal("TERM");
      assertEquals("listening", stranger.end().output());
    }

    appliance.serve();
    succeeds("builds");
    assertEquals(0, appliance.stop().status());
    fails("No appliance is running on this machine", "builds");
  }

  @Test
  void anotherUserCannotReachTheSocket() throws Exception {
    appliance.serve();
    Path socket = appliance.stateFolder().resolve("appliance/api");
    assertTrue(Files.exists(socket));
    Process nobody =
        new ProcessBuilder(
                "setpriv", "--reuid=" + NOBODY, "--clear-groups", "test", "-w", socket.toString())
            .start();
    assertFalse(nobody.waitFor() == 0, "another user can connect to the socket");
    assertEquals(0, appliance.stop().status());
  }

  @Test
  void anApplianceWithTlsOnAllAddressesIsReachedOverTheSocket() throws Exception {
    Path certificate = certificate();
    appliance.configure(
        "http",
        "address = 0.0.0.0\nport = 0\ncertificate = "
            + certificate
            + "\nkey = "
            + certificate.resolveSibling("tls.key")
            + "\n");
    try (Distribution.Running served =
        distribution.start(
            List.of(distribution.command().toString(), "serve"),
            Map.of(
                "BOOTSTRAP_VZ_CONF", distribution.folder().resolve("conf").toString(),
                "BOOTSTRAP_VZ_DEPLOY", appliance.deployFolder().toString()))) {
      served.await(line -> line.contains("Listening on https://0.0.0.0:"));
      succeeds("builds");
      String address = "https://localhost:" + URI.create(appliance.address()).getPort();
      List<String> login =
          List.of(
              "sh",
              "-c",
              distribution.command()
                  + " login --ca-file="
                  + certificate
                  + " "
                  + address
                  + " <"
                  + appliance.stateFolder().resolve("appliance/admin.token"));
      try (Distribution.Running logged = distribution.start(login, environment())) {
        Distribution.Outcome outcome = logged.end();
        assertEquals(0, outcome.status(), outcome.output());
      }
      succeeds("builds", "--server=" + address);
      Distribution.Outcome list = run("servers");
      assertTrue(list.output().contains(address + "  local-admin  admin"), list.output());
      succeeds("logout", address);
      fails("You are not logged in to " + address, "builds", "--server=" + address);
      served.signal("TERM");
      assertEquals(0, served.end().status());
    }
  }

  /** A certificate of localhost, and its key. */
  private Path certificate() throws Exception {
    Path store = folder.resolve("tls.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "tls",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "password")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), output);
    char[] password = "password".toCharArray();
    KeyStore made = KeyStore.getInstance(store.toFile(), password);
    pem("tls.key", "PRIVATE KEY", made.getKey("tls", password).getEncoded());
    return pem("tls.crt", "CERTIFICATE", made.getCertificate("tls").getEncoded());
  }

  private Path pem(String name, String type, byte[] content) throws IOException {
    String text =
        Stream.of(
                "-----BEGIN " + type + "-----",
                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content),
                "-----END " + type + "-----")
            .collect(Collectors.joining("\n", "", "\n"));
    return Files.writeString(folder.resolve(name), text);
  }
}
