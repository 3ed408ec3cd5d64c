/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * A user installs a third-party plugin with the command of the distribution, from a directory and
 * from a server. It is the frozen plugin, a jar that was compiled elsewhere.
 */
public class PluginRepositoryIT {
  private static final String DESCRIPTION = "The plugin post_it for bootstrap-vz";
  private static final String BUNDLE = "org.acme.plugin.post_it";
  private static final String TASK = "Writing etc/post_it";
  private static final String PASSWORD = "open sesame";

  private Path folder;
  private Path plugins;
  private Path deploy;
  private Path manifest;
  private CommandLine program;
  private HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();

  @Before
  public void makeARepository() throws Exception {
    Files.createDirectories(Platform.WORK);
    folder = Files.createTempDirectory(Platform.WORK, "repository");
    plugins = Files.createDirectory(folder.resolve("plugins"));
    deploy = Files.createDirectory(folder.resolve("deploy"));
    program = new CommandLine(folder, deploy);
    Files.copy(FrozenPluginIT.FROZEN, plugins.resolve("post_it.jar"));
    assertEquals(0, program.run("plugins", "index", plugins.toString()).status());
    manifest = folder.resolve("manifest.yml");
    String trixie = Files.readString(PlansIT.manifests().get(0));
    Files.writeString(
        manifest,
        trixie.replaceFirst("(?s)\\nplugins:.*", "") + "\nplugins: {post_it: {text: Hello}}\n");
  }

  @After
  public void stopTheServer() {
    if (server != null) {
      server.stop(0);
    }
  }

  /** Serves the directory to clients with the password. */
  private String serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server
        .createContext(
            "/",
            exchange -> {
              try (exchange) {
                requests.incrementAndGet();
                byte[] content =
                    Files.readAllBytes(
                        plugins.resolve(exchange.getRequestURI().getPath().substring(1)));
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
              }
            })
        .setAuthenticator(
            new BasicAuthenticator("plugins") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return user.equals("me") && password.equals(PASSWORD);
              }
            });
    server.start();
    return "http://me:open%20sesame@127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private List<String> deployed() throws IOException {
    try (Stream<Path> files = Files.list(deploy)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  private void assertRefused(String said, String... words) throws Exception {
    CommandLine.Answer answer = program.run(words);
    assertEquals(answer.all(), 1, answer.status());
    assertTrue(answer.err(), answer.err().contains(said));
    assertFalse(answer.err(), answer.err().contains("\tat ") || answer.err().contains("Exception"));
    assertEquals(List.of(), deployed());
  }

  @Test
  public void aPluginInADirectoryIsListedInstalledUsedInAPlanAndRemoved() throws Exception {
    Files.writeString(program.settings(), "repositories = " + plugins + "\n");
    CommandLine.Answer missing = program.run("validate", manifest.toString());
    assertEquals(1, missing.status());
    assertTrue(
        missing.err(),
        missing
            .err()
            .contains(
                "There is no plugin \"post_it\". Install it: bootstrap-vz plugins"
                    + " install post_it"));

    String available = program.run("plugins", "available").out();
    assertTrue(
        available,
        available.matches(
            "(?s).*plugin  post_it  1\\.0\\.0\\S*  " + BUNDLE + "  no +" + DESCRIPTION + "\n"));
    CommandLine.Answer installed = program.run("plugins", "install", "post_it");
    assertEquals(installed.all(), 0, installed.status());
    assertEquals(List.of(BUNDLE + ".jar"), deployed());

    CommandLine.Answer plan = program.run("plan", manifest.toString());
    assertEquals(plan.all(), 0, plan.status());
    assertTrue(plan.out(), plan.out().contains(TASK));
    String now = program.run("plugins", "available").out();
    assertTrue(now, now.matches("(?s).* " + BUNDLE + "  yes +" + DESCRIPTION + "\n"));

    CommandLine.Answer removed = program.run("plugins", "remove", "post_it");
    assertEquals(removed.all(), 0, removed.status());
    assertEquals(List.of(), deployed());
    assertEquals(1, program.run("plan", manifest.toString()).status());
  }

  @Test
  public void aPluginOfAServerIsInstalledAndItsPasswordIsNeverShown() throws Exception {
    Files.writeString(program.settings(), "repositories = " + serve() + "\n");
    StringBuilder said = new StringBuilder();
    said.append(program.run("validate", manifest.toString()).all());
    assertTrue(said.toString(), said.toString().contains("plugins install post_it"));
    int asked = requests.get();
    said.append(program.run("validate", manifest.toString()).all());
    assertEquals("the copy of the index serves the second time", asked, requests.get());

    CommandLine.Answer installed = program.run("plugins", "install", "post_it");
    assertEquals(installed.all(), 0, installed.status());
    said.append(installed.all());
    said.append(program.run("plan", manifest.toString()).all());
    assertTrue(said.toString(), said.toString().contains(TASK));

    server.stop(0);
    CommandLine.Answer unreachable = program.run("plugins", "available");
    assertEquals(1, unreachable.status());
    assertTrue(
        unreachable.err(), unreachable.err().contains("cannot be fetched: connection refused"));
    said.append(unreachable.all());
    assertFalse(said.toString(), said.toString().contains("sesame"));
    assertFalse(said.toString(), said.toString().contains("me:"));
  }

  @Test
  public void aManifestIsValidatedInAnyStateOfTheRepository() throws Exception {
    Files.writeString(
        program.settings(), "repositories = http://127.0.0.1:1/, " + folder.resolve("none") + "\n");
    CommandLine.Answer answer = program.run("validate", manifest.toString());
    assertEquals(1, answer.status());
    assertTrue(
        answer.err(),
        answer.err().contains("There is no plugin \"post_it\". Installed plugins are"));
  }

  @Test
  public void invalidRepositoriesAreReportedAndNothingIsInstalled() throws Exception {
    String repository = "--repository=" + plugins;
    Path index = plugins.resolve("index.xml");
    assertRefused("No plugin repository is configured", "plugins", "install", "post_it");
    assertRefused("Did you mean \"post_it\"?", "plugins", "install", "post_its", repository);
    assertRefused(
        "http://127.0.0.1:1/index.xml cannot be fetched: connection refused",
        "plugins",
        "install",
        "post_it",
        "--repository=http://127.0.0.1:1/");

    byte[] jar = Files.readAllBytes(plugins.resolve("post_it.jar"));
    byte[] other = jar.clone();
    other[jar.length / 2] ^= 1;
    Files.write(plugins.resolve("post_it.jar"), other);
    assertRefused(
        "does not match the index " + index + ": the SHA-256 of",
        "plugins",
        "install",
        "post_it",
        repository);

    Files.writeString(index, "<html>not here</html>");
    assertRefused(
        index + " is not an index of an OSGi repository",
        "plugins",
        "install",
        "post_it",
        repository);
  }

  @Test
  public void aPluginThatNeedsAnotherApiIsNotInstalled() throws Exception {
    Files.move(
        FrozenPluginIT.changed("org.bootstrapvz.api.task;version=\"[2.3,3)\""),
        plugins.resolve("post_it.jar"),
        StandardCopyOption.REPLACE_EXISTING);
    program.run("plugins", "index", plugins.toString());
    assertRefused(
        "it imports the package org.bootstrapvz.api.task in version 2.3.0 or later but before"
            + " 3.0.0, but there is only 1.",
        "plugins",
        "install",
        "post_it",
        "--repository=" + plugins);
  }

  @Test
  public void whereSignaturesAreRequiredOnlySignedJarsAreInstalled() throws Exception {
    KeyStore keys = keys("acme", "stranger");
    Path signers = folder.resolve("conf/signers.pem");
    Files.writeString(program.settings(), "signers = signers.pem\n");
    Files.writeString(
        signers,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getCertificate("acme").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    String[] install = {"plugins", "install", "post_it", "--repository=" + plugins};
    assertRefused("is not signed, but " + program.settings() + " requires a signature", install);

    Path jar = plugins.resolve("post_it.jar");
    sign(keys, "stranger", jar);
    program.run("plugins", "index", plugins.toString());
    assertRefused("is signed by CN=stranger, which is not trusted", install);

    Files.copy(jar, deploy.resolve("dropped.jar"));
    String listed = program.run("plugins").out();
    assertTrue(
        listed,
        listed.matches(
            "(?s).*bundle +dropped\\.jar +refused +The file dropped\\.jar is signed by CN=stranger,"
                + " which is not trusted.*"));
    Files.delete(deploy.resolve("dropped.jar"));

    sign(keys, "acme", jar);
    program.run("plugins", "index", plugins.toString());
    CommandLine.Answer installed = program.run(install);
    assertEquals(installed.all(), 0, installed.status());
    CommandLine.Answer plan = program.run("plan", manifest.toString());
    assertEquals(plan.all(), 0, plan.status());
  }

  private KeyStore keys(String... aliases) throws Exception {
    Path file = folder.resolve("keys.p12");
    for (String alias : aliases) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  alias,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + alias,
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(said, 0, keytool.waitFor());
    }
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  private static void sign(KeyStore keys, String alias, Path jar) throws Exception {
    var protection = new KeyStore.PasswordProtection(PASSWORD.toCharArray());
    Path unsigned = Files.copy(FrozenPluginIT.FROZEN, jar.resolveSibling("unsigned"));
    try (ZipFile in = new ZipFile(unsigned.toFile());
        OutputStream out = Files.newOutputStream(jar)) {
      new JarSigner.Builder((KeyStore.PrivateKeyEntry) keys.getEntry(alias, protection))
          .signerName(alias)
          .build()
          .sign(in, out);
    }
    Files.delete(unsigned);
  }

  @Test
  public void aPlanLoadsNoClassOfTheInstaller() throws Exception {
    Files.writeString(program.settings(), "repositories = " + plugins + "\n");
    String good = PlansIT.manifests().get(0).toString();
    assertEquals(List.of(), installerClasses("plan", good));
    assertFalse(installerClasses("plugins", "available").isEmpty());
  }

  private List<String> installerClasses(String... words) throws Exception {
    Path loaded = folder.resolve("loaded");
    CommandLine.Answer answer = program.run("-Xlog:class+load:file=" + loaded, words);
    assertEquals(answer.all(), 0, answer.status());
    try (Stream<String> lines = Files.lines(loaded)) {
      return lines
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .filter(word -> word.matches("(aQute|org\\.bootstrapvz\\.installer)\\..*"))
          .toList();
    }
  }
}
