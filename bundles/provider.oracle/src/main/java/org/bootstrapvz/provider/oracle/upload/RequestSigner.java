/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bootstrapvz.cloud.http.Login;
import org.bootstrapvz.cloud.http.Response;

/**
 * Signs requests with an API key (draft-cavage-http-signatures-08). A body is signed if the request
 * has the header {@value #BODY_DIGEST}. Safe for use by several threads; the line about a wrong
 * clock is passed on by {@link #report}.
 */
final class RequestSigner implements Login {
  /** The header with the digest of the body. */
  static final String BODY_DIGEST = "x-content-sha256";

  /** Oracle refuses a signature that is 5 minutes old. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(4);

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** With two digits for the day (RFC 9110, 5.6.7). */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Credentials credentials;
  private final Clock clock;
  private final Function<Instant, String> dates;
  private final AtomicReference<Duration> clockAhead = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<String> line = new AtomicReference<>("");

  RequestSigner(Credentials credentials, Clock clock) {
    this(credentials, clock, DATE::format);
  }

  RequestSigner(Credentials credentials, Clock clock, Function<Instant, String> dates) {
    this.credentials = credentials;
    this.clock = clock;
    this.dates = dates;
  }

  /** Returns the digest of a body, for the header. */
  static String digest(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void authorize(HttpRequest.Builder builder) {
    Instant now = clock.instant().minus(clockAhead.get());
    HttpRequest request = builder.copy().build();
    String date = dates.apply(now);
    builder.setHeader("date", date);
    URI address = request.uri();
    List<String> names = new ArrayList<>(List.of("date", "(request-target)", "host"));
    List<String> lines = new ArrayList<>();
    lines.add("date: " + date);
    lines.add(
        "(request-target): "
            + request.method().toLowerCase(Locale.ROOT)
            + " "
            + address.getRawPath()
            + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()));
    lines.add("host: " + host(address));
    Optional<String> digest = request.headers().firstValue(BODY_DIGEST);
    if (digest.isPresent()) {
      names.addAll(List.of("content-length", "content-type", BODY_DIGEST));
      long length = request.bodyPublisher().map(body -> body.contentLength()).orElse(0L);
      lines.add("content-length: " + length);
      lines.add("content-type: " + request.headers().firstValue("content-type").orElse(""));
      lines.add(BODY_DIGEST + ": " + digest.get());
    }
    builder.setHeader(
        "authorization",
        "Signature version=\"1\",headers=\""
            + String.join(" ", names)
            + "\",keyId=\""
            + credentials.keyId()
            + "\",algorithm=\"rsa-sha256\",signature=\""
            + signature(String.join("\n", lines))
            + "\"");
  }

  private String signature(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(credentials.key());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key cannot sign", e);
    }
  }

  /** As the client of the JDK sends it. */
  private static String host(URI address) {
    int port = address.getPort();
    int usual = "https".equals(address.getScheme()) ? HTTPS : HTTP;
    return address.getHost() + (port < 0 || port == usual ? "" : ":" + port);
  }

  /** {@inheritDoc} A key does not expire, but a clock that is wrong can be corrected. */
  @Override
  public boolean renew(Response refusal) {
    Optional<Instant> server = refusal.date();
    if (server.isEmpty()) {
      return false;
    }
    Duration ahead = Duration.between(server.get(), clock.instant());
    Duration before = clockAhead.get();
    if (ahead.minus(before).abs().compareTo(MAX_SKEW) <= 0) {
      return false;
    }
    clockAhead.set(ahead);
    line.set(
        "The clock of this machine is "
            + ahead.abs().toMinutes()
            + " minutes "
            + (ahead.isNegative() ? "behind" : "ahead of")
            + " that of Oracle. Requests are signed with the time of Oracle. Set the clock");
    return true;
  }

  /** Logs what all threads had to. Called by the thread of the build. */
  void report(Consumer<String> log) {
    String text = line.getAndSet("");
    if (!text.isEmpty()) {
      log.accept(text);
    }
  }
}
