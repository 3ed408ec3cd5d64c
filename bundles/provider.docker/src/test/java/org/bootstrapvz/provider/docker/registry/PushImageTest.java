/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.answer;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.basic;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.challenged;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.error;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.method;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.path;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.provider.docker.image.Digest;
import org.bootstrapvz.provider.docker.image.OciImage;
import org.bootstrapvz.provider.docker.internal.DockerProvider;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushImageTest {
  private static final String PASSWORD = "Gr33n-Tomato";
  private static final String LOGIN = ", username: me, password: " + PASSWORD;

  @TempDir Path folder;
  private FakeRegistry registry;
  private OciImage image;
  private byte[] manifest;

  @BeforeEach
  void makeImage() throws IOException {
    registry = FakeRegistry.plain();
    Path layout = folder.resolve("image.oci");
    Files.createDirectories(layout.resolve("blobs/sha256"));
    byte[] layer = new byte[300_000];
    new Random(1).nextBytes(layer);
    manifest = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
    image =
        new OciImage(
            layout,
            write(layout, manifest).digest(),
            List.of(
                write(layout, layer),
                write(layout, "{\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8))));
  }

  private static OciImage.Blob write(Path layout, byte[] content) throws IOException {
    String digest = Digest.of(content);
    Files.write(layout.resolve("blobs/sha256").resolve(Digest.fileName(digest)), content);
    return new OciImage.Blob(digest, content.length);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private TestBuild build(String settings) throws IOException {
    Path own = Files.createTempDirectory(folder, "build");
    ManifestChecker checker = new ManifestChecker(new ManifestFiles(), own);
    TestBuild build =
        new TestBuild(
            checker.check(
                """
                name: debian
                provider:
                  name: docker
                  push: {to: "REGISTRY/team/debian:x"SETTINGS}
                bootstrapper: {workspace: /target, variant: minbase}
                system:
                  release: trixie
                  architecture: amd64
                  bootloader: none
                  charmap: UTF-8
                  locale: C
                  timezone: UTC
                volume:
                  backing: folder
                  partitions: {type: none, root: {filesystem: ext4, size: 1GiB}}
                """
                    .replace("REGISTRY", registry.name())
                    .replace("SETTINGS", settings),
                new DockerProvider(),
                ""),
            own);
    build.host().running();
    assertEquals(List.of(), checker.problems());
    build.provide(OciImage.class, image);
    return build;
  }

  private TestBuild push(String settings) throws Exception {
    TestBuild build = build(settings);
    new PushImage().run(build);
    return build;
  }

  /** Pushes in vain; the message, which must not hold the password. */
  private String failure(String settings) throws Exception {
    TestBuild build = build(settings);
    BuildException e = assertThrows(BuildException.class, () -> new PushImage().run(build));
    assertFalse(e.getMessage().contains(PASSWORD), e.getMessage());
    assertFalse(build.logged().toString().contains(PASSWORD), build.logged().toString());
    assertFalse(
        build.logged().toString().contains("Pushed"), "it is not called done: " + build.logged());
    assertTrue(e.getMessage().contains("was not pushed to " + registry.name()), e.getMessage());
    assertTrue(e.getMessage().contains(image.layout().toString()), e.getMessage());
    return e.getMessage();
  }

  private static void assertSays(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), part + " in: " + message);
    }
  }

  // --- what works ---

  @Test
  void layerAndConfigurationAreSentAndTheManifestLast() throws Exception {
    TestBuild build = push("");
    for (OciImage.Blob blob : image.blobs()) {
      assertArrayEquals(
          Files.readAllBytes(image.file(blob.digest())), registry.blobs.get(blob.digest()));
    }
    assertArrayEquals(manifest, registry.manifests.get("x"));
    assertEquals(
        List.of("PUT /v2/team/debian/manifests/x", "GET /v2/team/debian/manifests/x"),
        registry.requests().subList(registry.requests().size() - 2, registry.requests().size()));
    assertTrue(build.logged().toString().contains(image.manifest()), build.logged().toString());
  }

  @Test
  void whatTheRegistryHasIsNotSentAgain() throws Exception {
    push("");
    int before = registry.requests().size();
    push("");
    assertTrue(
        registry.requests().stream().skip(before).noneMatch(each -> each.startsWith("POST")),
        registry.requests().toString());
  }

  @Test
  void aPushThatBrokeOffGoesOnWithWhatIsMissing() throws Exception {
    String layer = image.blobs().get(0).digest();
    registry.with(
        exchange ->
            method(exchange).equals("PUT")
                && registry.blobs.containsKey(layer)
                && answer(exchange, 500, ""));
    assertSays(failure(""), "did not take", "status 500");
    registry.with(exchange -> false);
    int before = registry.requests().size();
    push("");
    assertEquals(
        1,
        registry.requests().stream().skip(before).filter(each -> each.startsWith("POST")).count());
    assertEquals(2, registry.blobs.size());
  }

  @Test
  void aLoginWithUserAndPasswordIsGivenWhenTheRegistryAsksForIt() throws Exception {
    registry.with(exchange -> challenged(exchange, basic("me", PASSWORD), "Basic realm=\"here\""));
    TestBuild build = push(LOGIN);
    assertArrayEquals(manifest, registry.manifests.get("x"));
    assertFalse(build.logged().toString().contains(PASSWORD));
  }

  private boolean tokens(HttpExchange exchange) throws IOException {
    if (path(exchange).equals("/token")) {
      return challengedForToken(exchange);
    }
    return challenged(
        exchange,
        "Bearer t0ken",
        "Bearer realm=\"" + registry.address() + "/token\",service=\"reg\",scope=\"ignored\"");
  }

  private static boolean challengedForToken(HttpExchange exchange) throws IOException {
    boolean right =
        exchange
            .getRequestURI()
            .getRawQuery()
            .equals("scope=repository%3Ateam%2Fdebian%3Apull%2Cpush&service=reg");
    return challenged(exchange, basic("me", PASSWORD), "Basic")
        || answer(exchange, right ? 200 : 400, "{\"token\":\"t0ken\"}");
  }

  @Test
  void aTokenIsFetchedWhereTheRegistrySaysSo() throws Exception {
    registry.with(this::tokens);
    push(LOGIN);
    assertArrayEquals(manifest, registry.manifests.get("x"));
    assertEquals(1, registry.requests().stream().filter(each -> each.equals("GET /token")).count());
  }

  @Test
  void theLoginMayComeFromAFileOfDocker() throws Exception {
    registry.with(this::tokens);
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        "{\"auths\":{\""
            + registry.name()
            + "\":{\"auth\":\""
            + basic("me", PASSWORD).substring(6)
            + "\"}}}");
    push(", config: \"" + config + "\"");
    assertArrayEquals(manifest, registry.manifests.get("x"));
  }

  // --- what does not ---

  @Test
  void aRegistryThatWantsALoginAndGetsNone() throws Exception {
    registry.with(exchange -> challenged(exchange, basic("me", PASSWORD), "Basic realm=\"here\""));
    assertSays(failure(""), "wants a login", "status 401", "username and password");
    assertTrue(registry.blobs.isEmpty());
  }

  @Test
  void aLoginThatIsWrong() throws Exception {
    registry.with(exchange -> challenged(exchange, basic("me", "other"), "Basic realm=\"here\""));
    assertSays(failure(LOGIN), "did not accept the login", "status 401", "provider.push");
  }

  @Test
  void aLoginThatTheTokenServerRefuses() throws Exception {
    registry.with(
        exchange ->
            path(exchange).equals("/token")
                ? answer(exchange, 403, "<html>no</html>")
                : tokens(exchange));
    assertSays(failure(LOGIN), "did not accept the login", "status 403");
  }

  @Test
  void aTokenServerThatGivesNoToken() throws Exception {
    registry.with(
        exchange ->
            path(exchange).equals("/token")
                ? answer(exchange, 200, "{\"secret\":\"" + PASSWORD + "\"}")
                : tokens(exchange));
    assertSays(failure(LOGIN), "gave no token");
  }

  @Test
  void aPasswordIsNeverSentUnencryptedToAnotherMachine() throws Exception {
    registry.with(
        exchange ->
            challenged(exchange, "Bearer x", "Bearer realm=\"http://auth.example.org/token\""));
    assertSays(failure(LOGIN), "http://auth.example.org", "nothing was sent there");
  }

  @Test
  void anImageIsNeverSentUnencryptedToAnotherMachine() throws Exception {
    registry.with(
        exchange -> {
          if (!method(exchange).equals("POST")) {
            return false;
          }
          exchange.getResponseHeaders().add("Location", "http://storage.example.org/1");
          return answer(exchange, 202, "");
        });
    assertSays(failure(""), "http://storage.example.org", "nothing was sent there");
  }

  @Test
  void aRegistryThatRefusesThePush() throws Exception {
    registry.with(
        exchange ->
            method(exchange).equals("POST")
                && answer(exchange, 403, error("DENIED", "requested access is denied")));
    assertSays(
        failure(""), "does not let us push to team/debian", "DENIED requested access is denied");
    assertTrue(registry.manifests.isEmpty());
  }

  @Test
  void aRegistryThatRefusesTheManifestHasNoImageUnderTheTag() throws Exception {
    registry.with(
        exchange ->
            path(exchange).contains("/manifests/")
                && answer(exchange, 400, error("MANIFEST_INVALID", "manifest invalid")));
    assertSays(failure(""), "did not take the image's manifest", "MANIFEST_INVALID");
    assertTrue(registry.manifests.isEmpty());
  }

  @Test
  void aRegistryThatSaysItTookTheImageAndDidNot() throws Exception {
    registry.with(
        exchange ->
            method(exchange).equals("PUT")
                && path(exchange).contains("/manifests/")
                && answer(exchange, 201, ""));
    assertSays(failure(""), "says it took the image");
  }

  @Test
  void aConnectionThatBreaksOffInTheLayer() throws Exception {
    registry.with(
        exchange -> {
          if (!method(exchange).equals("PUT")) {
            return false;
          }
          exchange.getRequestBody().readNBytes(1000);
          exchange.close();
          return true;
        });
    assertSays(failure(""), "broke off");
    assertTrue(registry.manifests.isEmpty());
  }

  @Test
  void aServerThatIsNoRegistry() throws Exception {
    registry.with(exchange -> answer(exchange, 200, "<html>Welcome</html>"));
    assertSays(failure(""), "did not take the image's manifest", "status 200");
    registry.with(exchange -> answer(exchange, 404, "<html>Nothing</html>"));
    assertSays(failure(""), "status 404");
  }

  @Test
  void aRegistryThatIsNotThere() throws Exception {
    registry.close();
    assertSays(failure(""), "cannot be reached", registry.name());
  }

  @Test
  void theCheckBeforeTheBuildFindsTheSame() throws Exception {
    TestBuild build = build("");
    new CheckRegistry().run(build);
    assertEquals(List.of("GET /v2/"), registry.requests());
    registry.with(exchange -> answer(exchange, 404, "<html>Nothing</html>"));
    BuildException e = assertThrows(BuildException.class, () -> new CheckRegistry().run(build));
    assertSays(e.getMessage(), "does not answer like a registry", "status 404");
  }

  @Test
  void aBuildThatIsCancelledStopsSending() throws Exception {
    Thread sender = Thread.currentThread();
    registry.with(
        exchange -> {
          if (!method(exchange).equals("PUT")) {
            return false;
          }
          sender.interrupt();
          exchange.getRequestBody().readAllBytes();
          return false;
        });
    TestBuild build = build("");
    assertThrows(BuildCancelledException.class, () -> new PushImage().run(build));
    assertTrue(Thread.interrupted(), "the engine sees that it was interrupted");
    assertTrue(registry.manifests.isEmpty());
  }

  // --- files with logins ---

  @Test
  void aFileWithLoginsThatHasNoneIsToldWithItsPlace() throws Exception {
    Path config = folder.resolve("config.json");
    Map<String, String> cases =
        Map.of(
            "{\"auths\":{\"other.example.org\":{\"auth\":\"eDp5\"}}}",
            "has no password for",
            "{\"credsStore\":\"pass\",\"auths\":{\"REGISTRY\":{}}}",
            "leaves that to a program",
            "{\"auths\":{\"REGISTRY\":{\"auth\":\"%%%\"}}}",
            "not a user name and password in Base64",
            "auths: " + PASSWORD,
            "is not JSON");
    AtomicInteger seen = new AtomicInteger();
    for (Map.Entry<String, String> each : cases.entrySet()) {
      Files.writeString(config, each.getKey().replace("REGISTRY", registry.name()));
      TestBuild build = build(", config: \"" + config + "\"");
      BuildException e = assertThrows(BuildException.class, () -> new CheckRegistry().run(build));
      assertSays(
          e.getMessage(), each.getValue(), config.toString(), "m.yml:4:", "provider.push.config");
      assertFalse(e.getMessage().contains(PASSWORD), e.getMessage());
      seen.incrementAndGet();
    }
    assertEquals(4, seen.get());
    Files.delete(config);
    TestBuild build = build(", config: \"" + config + "\"");
    BuildException e = assertThrows(BuildException.class, () -> new CheckRegistry().run(build));
    assertSays(e.getMessage(), "is not there", config.toString());
    assertEquals(List.of(), registry.requests());
  }
}
