/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.provider.docker.image.Digest;
import org.bootstrapvz.provider.docker.image.OciImage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A repository in a registry, over the protocol of the Open Container Initiative. Not safe for use
 * by several threads.
 *
 * <p>Redirects are not followed, and passwords go to the registry and to where it says tokens come
 * from, never unencrypted to another machine.
 */
final class Registry implements AutoCloseable {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

  /** A transfer slower than this many bytes per second counts as stalled. */
  private static final long MIN_BYTES_PER_SECOND = 10_000;

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int TEMPORARY_REDIRECT = 307;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int LONGEST_MESSAGE = 300;

  private final Destination destination;
  private final Optional<Credentials> credentials;
  private final HttpClient http;
  private String authorization = "";

  Registry(Destination destination, Optional<Credentials> credentials, HttpClient.Builder http) {
    this.destination = destination;
    this.credentials = credentials;
    this.http =
        http.version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(REQUEST_TIMEOUT)
            .build();
  }

  // --- what it is for ---

  /** Finds out whether there is a registry that lets us push. */
  void check() throws BuildException {
    HttpResponse<byte[]> answer = send(Request.get(destination.address().resolve("/v2/")));
    if (answer.statusCode() != OK) {
      boolean plain = destination.address().getScheme().equals("http");
      throw refused(
          "does not answer like a registry"
              + (plain ? ", or it wants encryption: then set provider.push.tls to true" : ""),
          answer);
    }
  }

  /** Whether the registry has a file of the image. */
  boolean has(OciImage.Blob blob) throws BuildException {
    HttpResponse<byte[]> answer = send(Request.head(destination.resolve("blobs/" + blob.digest())));
    return switch (answer.statusCode()) {
      // Some registries say where their storage has it.
      case OK, TEMPORARY_REDIRECT -> true;
      case NOT_FOUND -> false;
      default -> throw refused("does not say whether it has " + blob.digest(), answer);
    };
  }

  /**
   * Sends a file of the image. The registry takes it only if its digest is right.
   *
   * @param sent receives how many bytes are on their way
   */
  void upload(OciImage.Blob blob, Path file, LongConsumer sent) throws BuildException {
    HttpResponse<byte[]> started = send(Request.post(destination.resolve("blobs/uploads/")));
    String location = started.headers().firstValue("Location").orElse("");
    if (started.statusCode() != ACCEPTED || location.isEmpty()) {
      throw refused("does not let us push to " + destination.name().repository(), started);
    }
    URI target;
    try {
      target = destination.resolve("blobs/uploads/").resolve(location);
      String query = target.getRawQuery() == null ? "?" : "&";
      target =
          URI.create(
              target
                  + query
                  + "digest="
                  + URLEncoder.encode(blob.digest(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw refused("names no valid address to send to", started);
    }
    guard(target);
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> counted(file, sent)), blob.size());
    Duration timeout = REQUEST_TIMEOUT.plusSeconds(blob.size() / MIN_BYTES_PER_SECOND);
    HttpResponse<byte[]> answer =
        send(new Request("PUT", target, Optional.of(body), "application/octet-stream", timeout));
    if (answer.statusCode() != CREATED) {
      throw refused("did not take " + blob.digest(), answer);
    }
  }

  /** Lists the image under its tag, which makes it complete, and makes sure it is there. */
  void list(byte[] manifest) throws BuildException {
    URI target = destination.resolve("manifests/" + destination.name().tag());
    Optional<BodyPublisher> body = Optional.of(BodyPublishers.ofByteArray(manifest));
    HttpResponse<byte[]> answer =
        send(new Request("PUT", target, body, OciImage.MANIFEST_TYPE, REQUEST_TIMEOUT));
    if (answer.statusCode() != CREATED) {
      throw refused("did not take the image's manifest", answer);
    }
    HttpResponse<byte[]> back = send(Request.get(target));
    if (back.statusCode() != OK || !Digest.of(back.body()).equals(Digest.of(manifest))) {
      throw refused("says it took the image, but has another one or none under the tag", back);
    }
  }

  /** Ends the threads of the connection, where this Java can; older ones do it by themselves. */
  @Override
  public void close() {
    if ((Object) http instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  // --- requests ---

  private record Request(
      String method, URI target, Optional<BodyPublisher> body, String type, Duration timeout) {
    static Request get(URI target) {
      return new Request("GET", target, Optional.empty(), "", REQUEST_TIMEOUT);
    }

    static Request head(URI target) {
      return new Request("HEAD", target, Optional.empty(), "", REQUEST_TIMEOUT);
    }

    static Request post(URI target) {
      return new Request("POST", target, Optional.empty(), "", REQUEST_TIMEOUT);
    }
  }

  /** Sends a request, and once more if the registry wants a login first. */
  private HttpResponse<byte[]> send(Request request) throws BuildException {
    HttpResponse<byte[]> answer = send(request, authorization);
    if (answer.statusCode() != UNAUTHORIZED || !isRegistry(request.target())) {
      return answer;
    }
    authorization = login(answer);
    answer = send(request, authorization);
    if (answer.statusCode() == UNAUTHORIZED) {
      throw refused("did not accept the login", answer);
    }
    return answer;
  }

  private boolean isRegistry(URI target) {
    return target.getRawAuthority().equals(destination.address().getRawAuthority())
        && target.getScheme().equals(destination.address().getScheme());
  }

  private HttpResponse<byte[]> send(Request request, String login) throws BuildException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.target())
            .timeout(request.timeout())
            .method(request.method(), request.body().orElse(BodyPublishers.noBody()))
            .setHeader("Accept", OciImage.MANIFEST_TYPE + ", application/json");
    if (!request.type().isEmpty()) {
      builder.setHeader("Content-Type", request.type());
    }
    if (!login.isEmpty() && isRegistry(request.target())) {
      builder.setHeader("Authorization", login);
    }
    return exchange(builder.build());
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) throws BuildException {
    URI server = request.uri().resolve("/");
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    } catch (ConnectException e) {
      throw new BuildException(
          "The registry at "
              + server
              + " cannot be reached"
              + (e.getMessage() == null ? "" : ": " + e.getMessage())
              + ". Check provider.push.to and that it runs",
          e);
    } catch (HttpTimeoutException e) {
      throw new BuildException("The registry at " + server + " does not answer", e);
    } catch (SSLException e) {
      throw new BuildException(
          "No encrypted connection to the registry at "
              + server
              + " came about: "
              + (String.valueOf(e.getMessage()).startsWith("PKIX")
                  ? "Java does not trust who signed its certificate"
                  : e.getMessage())
              + (Destination.isLoopback(server)
                  ? ". If it has none, set provider.push.tls to false"
                  : ""),
          e);
    } catch (IOException e) {
      throw new BuildException("The connection to the registry at " + server + " broke off", e);
    }
  }

  // --- logging in ---

  private String login(HttpResponse<byte[]> answer) throws BuildException {
    List<Challenge> challenges =
        answer.headers().allValues("WWW-Authenticate").stream()
            .flatMap(header -> Challenge.parse(header).stream())
            .toList();
    for (Challenge challenge : challenges) {
      if (challenge.scheme().equals("bearer") && challenge.parameters().containsKey("realm")) {
        return "Bearer " + token(challenge.parameters());
      }
      if (challenge.scheme().equals("basic") && credentials.isPresent()) {
        return credentials.get().header();
      }
    }
    throw refused(
        credentials.isPresent() ? "knows no login that we know" : "wants a login", answer);
  }

  private String token(Map<String, String> parameters) throws BuildException {
    String scope = "repository:" + destination.name().repository() + ":pull,push";
    URI realm;
    try {
      String query =
          Map.of("service", parameters.getOrDefault("service", ""), "scope", scope)
              .entrySet()
              .stream()
              .filter(each -> !each.getValue().isEmpty())
              .map(
                  each ->
                      each.getKey()
                          + "="
                          + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
              .sorted()
              .collect(Collectors.joining("&"));
      String base = parameters.get("realm");
      realm = URI.create(base + (base.contains("?") ? "&" : "?") + query);
    } catch (IllegalArgumentException e) {
      throw new BuildException(
          "The registry at " + destination.address() + " names no valid address for logging in", e);
    }
    guard(realm);
    HttpRequest.Builder request = HttpRequest.newBuilder(realm).timeout(REQUEST_TIMEOUT).GET();
    credentials.ifPresent(login -> request.setHeader("Authorization", login.header()));
    HttpResponse<byte[]> answer = exchange(request.build());
    if (answer.statusCode() != OK) {
      throw refused(credentials.isPresent() ? "did not accept the login" : "wants a login", answer);
    }
    JsonNode json = json(answer);
    String token = json.path("token").asString(json.path("access_token").asString(""));
    if (token.isEmpty()) {
      throw refused("gave no token", answer.statusCode(), "");
    }
    return token;
  }

  /** Nothing of ours goes unencrypted to another machine, wherever a server points. */
  private static void guard(URI target) throws BuildException {
    boolean safe =
        "https".equals(target.getScheme())
            || "http".equals(target.getScheme()) && Destination.isLoopback(target);
    if (!safe || target.getHost() == null) {
      throw new BuildException(
          "The registry points to "
              + target.getScheme()
              + "://"
              + target.getHost()
              + ", where the connection would not be encrypted; nothing was sent there");
    }
  }

  // --- errors ---

  private BuildException refused(String what, HttpResponse<byte[]> answer) {
    return refused(what, answer.statusCode(), message(answer));
  }

  private BuildException refused(String what, int status, String message) {
    boolean login = status == UNAUTHORIZED || status == FORBIDDEN;
    return new BuildException(
        "The registry at "
            + destination.address()
            + " "
            + what
            + " (status "
            + status
            + (message.isEmpty() ? "" : ": " + message)
            + ")"
            + (login
                ? ". Check username and password in provider.push, or the file config names, and"
                    + " that they may push to "
                    + destination.name().repository()
                : ""));
  }

  /** What the server says is wrong: registries answer with a list of errors. */
  private static String message(HttpResponse<byte[]> answer) {
    JsonNode errors = json(answer).path("errors");
    String text =
        errors
            .valueStream()
            .map(
                error ->
                    (error.path("code").asString("") + " " + error.path("message").asString(""))
                        .strip())
            .collect(Collectors.joining("; "));
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
  }

  /** An answer that is no JSON tells nothing. */
  private static JsonNode json(HttpResponse<byte[]> answer) {
    try {
      return JsonMapper.shared().readTree(answer.body());
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  private static InputStream counted(Path file, LongConsumer sent) {
    try {
      return new FilterInputStream(Files.newInputStream(file)) {
        private long count;

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          int read = super.read(buffer, offset, length);
          if (read > 0) {
            count += read;
            sent.accept(count);
          }
          return read;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
