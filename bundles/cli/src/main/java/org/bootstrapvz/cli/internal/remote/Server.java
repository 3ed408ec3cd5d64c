/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An appliance that is asked over HTTP. */
final class Server {
  static final Option<String> SERVER =
      Option.text("--server", "URL", "The appliance; without it BOOTSTRAP_VZ_SERVER, or this host");
  static final Option<String> TOKEN_FILE =
      Option.text(
          "--token-file",
          "FILE",
          "A file with the token; without it the one in BOOTSTRAP_VZ_TOKEN,\n"
              + "or that of this host's appliance");
  static final Option<String> CA_FILE =
      Option.text(
          "--ca-file",
          "FILE",
          "Trust certificates that this one (PEM) signed; BOOTSTRAP_VZ_CA_FILE");

  private static final String USUAL = "http://127.0.0.1:8484";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String address;
  private final String token;
  private final HttpClient client;
  private final JsonMapper json = JsonMapper.shared();

  private Server(String address, String token, HttpClient client) {
    this.address = address;
    this.token = token;
    this.client = client;
  }

  /**
   * The appliance that arguments, environment or the state folder name.
   *
   * @param state the state folder; an appliance on this host leaves there where it is reached
   */
  static Server of(Arguments arguments, Map<String, String> environment, Path state)
      throws ServerException {
    String address =
        arguments
            .get(SERVER)
            .or(() -> variable(environment, "BOOTSTRAP_VZ_SERVER"))
            .or(() -> content(state.resolve("address")))
            .orElse(USUAL)
            .replaceFirst("/+$", "");
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
    Optional<String> authority =
        arguments.get(CA_FILE).or(() -> variable(environment, "BOOTSTRAP_VZ_CA_FILE"));
    if (authority.isPresent()) {
      client.sslContext(trusting(Path.of(authority.get())));
    }
    return new Server(address, token(arguments, environment, state), client.build());
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** A file that may be missing, or not be for us. */
  private static Optional<String> content(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Never an argument, which every user of the machine could see. */
  private static String token(Arguments arguments, Map<String, String> environment, Path state)
      throws ServerException {
    Optional<String> file = arguments.get(TOKEN_FILE);
    if (file.isPresent()) {
      try {
        return Files.readString(Path.of(file.get())).strip();
      } catch (IOException e) {
        throw new ServerException("Cannot read the token: " + FileProblem.describe(e));
      }
    }
    return variable(environment, "BOOTSTRAP_VZ_TOKEN")
        .or(() -> content(state.resolve("admin.token")))
        .orElseThrow(
            () ->
                new ServerException(
                    "A token is needed: give --token-file=FILE, or put it into the environment"
                        + " variable BOOTSTRAP_VZ_TOKEN. That of this host's appliance is in "
                        + state.resolve("admin.token")
                        + ", if there is one and you may read it"));
  }

  private static SSLContext trusting(Path file) throws ServerException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(Integer.toString(number++), each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new ServerException("Cannot read the certificate: " + FileProblem.describe(e));
    } catch (GeneralSecurityException e) {
      throw new ServerException(file + " holds no certificate that can be read");
    }
  }

  String address() {
    return address;
  }

  /** A request of the API with the token. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token);
  }

  /** A value as a part of a path or a query. */
  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) throws ServerException, InterruptedException {
    return ask(request(path).GET());
  }

  JsonNode post(String path, String type, BodyPublisher body)
      throws ServerException, InterruptedException {
    return ask(request(path).header("Content-Type", type).POST(body));
  }

  JsonNode delete(String path) throws ServerException, InterruptedException {
    return ask(request(path).DELETE());
  }

  private JsonNode ask(HttpRequest.Builder request) throws ServerException, InterruptedException {
    try (InputStream body = open(request.timeout(PATIENCE)).body()) {
      byte[] bytes = body.readAllBytes();
      return bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
    } catch (IOException e) {
      throw new ServerException("The answer of " + address + " broke off");
    } catch (JacksonException e) {
      throw new ServerException(address + " does not answer as an appliance does");
    }
  }

  JsonNode parse(String text) {
    return json.readTree(text);
  }

  /** Asks and hands on what is not a problem. */
  HttpResponse<InputStream> open(HttpRequest.Builder request)
      throws ServerException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new ServerException(
          "No appliance answers at "
              + address
              + "; start one with  bootstrap-vz serve,  or give --server=URL");
    } catch (SSLException e) {
      throw new ServerException(
          address + " is not trusted: " + e.getMessage() + "; --ca-file=FILE names whom to trust");
    } catch (IOException e) {
      throw new ServerException(
          "Cannot ask " + address + ": " + Optional.ofNullable(e.getMessage()).orElse("no answer"));
    }
    if (response.statusCode() >= 400) {
      throw problem(response);
    }
    return response;
  }

  private ServerException problem(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      JsonNode problem = json.readTree(body.readAllBytes());
      List<String> lines = new ArrayList<>();
      for (JsonNode each : problem.path("problems")) {
        lines.add(line(each));
      }
      return new ServerException(
          response.statusCode(),
          problem.path("detail").asString("The appliance answers " + response.statusCode()),
          lines);
    } catch (IOException | JacksonException e) {
      return new ServerException(
          response.statusCode(), address + " answers " + response.statusCode(), List.of());
    }
  }

  /** As the problems of a local manifest are shown, without the file. */
  private static String line(JsonNode problem) {
    String path = problem.path("path").asString("");
    String remedy = problem.path("remedy").asString("");
    return problem.path("line").asInt()
        + ":"
        + problem.path("column").asInt()
        + ": "
        + problem.path("severity").asString("error")
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + problem.path("message").asString("")
        + (remedy.isEmpty() ? "" : ". " + remedy);
  }
}
