/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Login;
import org.bootstrapvz.cloud.http.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Signs the requests of one user, and takes new credentials before the old ones expire. Safe for
 * use by several threads; secrets are declared and lines logged by the thread that created it, at
 * the latest with its next request or {@link #report}.
 */
public final class AwsSession {
  /** The header with the digest of the body. */
  public static final String PAYLOAD = "x-amz-content-sha256";

  /** The value of {@link #PAYLOAD} for a body that is not signed. */
  public static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private static final Duration RENEW_BEFORE = Duration.ofMinutes(2);

  /** Services refuse a signature that is 5 minutes old. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(4);

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Finds credentials. */
  @ConsumerType
  @FunctionalInterface
  public interface Source {
    /**
     * Finds them.
     *
     * @param mask receives the secrets
     */
    AwsCredentials load(Consumer<Secret> mask) throws BuildException;
  }

  private final Source source;
  private final Clock clock;
  private final Consumer<Secret> mask;
  private final Consumer<String> log;
  private final Thread owner = Thread.currentThread();
  private final Queue<Runnable> reports = new ConcurrentLinkedQueue<>();

  /** Guarded by this, as is the next field. */
  private @Nullable AwsCredentials credentials;

  private Duration clockAhead = Duration.ZERO;

  /** Starts without credentials; they are loaded by the first request. */
  public AwsSession(Source source, Clock clock, Consumer<Secret> mask, Consumer<String> log) {
    this.source = source;
    this.clock = clock;
    this.mask = mask;
    this.log = log;
  }

  /** Declares and logs what all threads had to. Does nothing in other threads than its creator. */
  public void report() {
    if (Thread.currentThread() != owner) {
      return;
    }
    for (Runnable next = reports.poll(); next != null; next = reports.poll()) {
      next.run();
    }
  }

  /** Returns valid credentials. */
  public AwsCredentials credentials() throws BuildException {
    try {
      return current();
    } finally {
      report();
    }
  }

  private synchronized AwsCredentials current() throws BuildException {
    AwsCredentials current = credentials;
    Instant end = clock.instant().minus(clockAhead).plus(RENEW_BEFORE);
    return current != null && current.expires().isAfter(end) ? current : load();
  }

  private AwsCredentials load() throws BuildException {
    AwsCredentials loaded = source.load(secret -> reports.add(() -> mask.accept(secret)));
    reports.add(
        () -> {
          mask.accept(loaded.secretKey());
          mask.accept(loaded.token());
        });
    credentials = loaded;
    return loaded;
  }

  private synchronized Instant now() {
    return clock.instant().minus(clockAhead);
  }

  /** Returns the login for a service, by its signing name, in a region. */
  public Login login(String service, String region) {
    SignatureV4 signature = new SignatureV4(region, service);
    return new Login() {
      @Override
      public void authorize(HttpRequest.Builder request) throws BuildException {
        sign(request, signature);
      }

      @Override
      public boolean renew(Response refusal) throws BuildException {
        try {
          return AwsSession.this.renew(refusal);
        } finally {
          report();
        }
      }
    };
  }

  private void sign(HttpRequest.Builder builder, SignatureV4 signature) throws BuildException {
    AwsCredentials key = credentials();
    String date = SignatureV4.date(now());
    builder.setHeader("x-amz-date", date);
    if (!key.token().reveal().isEmpty()) {
      builder.setHeader("x-amz-security-token", key.token().reveal());
    }
    HttpRequest request = builder.copy().build();
    Map<String, String> signed = new TreeMap<>();
    signed.put("host", host(request.uri()));
    request
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith("x-amz-") || lower.equals("content-type")) {
                signed.put(lower, String.join(",", values));
              }
            });
    String payload = signed.getOrDefault(PAYLOAD, SignatureV4.sha256(new byte[0]));
    String value =
        signature.sign(key.secretKey(), request.method(), request.uri(), signed, payload, date);
    builder.setHeader(
        "Authorization",
        SignatureV4.ALGORITHM
            + " Credential="
            + key.accessKey()
            + "/"
            + signature.scope(date)
            + ", SignedHeaders="
            + SignatureV4.names(signed)
            + ", Signature="
            + value);
  }

  private static boolean isFar(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(MAX_SKEW) > 0;
  }

  /** As the client of the JDK sends it. */
  private static String host(URI address) {
    int port = address.getPort();
    int usual = "https".equals(address.getScheme()) ? HTTPS : HTTP;
    return address.getHost() + (port < 0 || port == usual ? "" : ":" + port);
  }

  /**
   * Corrects the clock if that is the reason, and takes new credentials otherwise, unless another
   * thread did so meanwhile.
   */
  private synchronized boolean renew(Response refusal) throws BuildException {
    Optional<Instant> server = refusal.date();
    if (server.isPresent()) {
      Duration ahead = Duration.between(server.get(), clock.instant());
      if (ahead.minus(clockAhead).abs().compareTo(MAX_SKEW) > 0) {
        clockAhead = ahead;
        reports.add(
            () ->
                log.accept(
                    "The clock of this machine is "
                        + ahead.abs().toMinutes()
                        + " minutes "
                        + (ahead.isNegative() ? "behind" : "ahead of")
                        + " that of AWS. Requests are signed with the time of AWS. Set the clock"));
        return true;
      }
    }
    String date = refusal.requestHeader("x-amz-date").orElse("");
    if (SignatureV4.time(date).filter(time -> isFar(time, now())).isPresent()) {
      return true;
    }
    String before = current().accessKey();
    if (!refusal.requestHeader("Authorization").orElse("").contains("=" + before + "/")) {
      return true;
    }
    return !load().accessKey().equals(before);
  }
}
