/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the server. When its files change, new connections get the new one. The files
 * are compared by content: a renewal may replace links, or write a file in its place.
 */
@Component(
    service = ServerCertificate.class,
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ServerCertificate {
  /** Before a certificate expires, people must have had time to renew it. */
  public static final Duration WARNING = Duration.ofDays(30);

  private static final long CHECK_SECONDS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

  private final Optional<Files> files;
  private final Clock clock;
  private final Optional<ScheduledExecutorService> thread;

  /** The certificate in use. Guarded by this, as all below. */
  private Optional<PemKeyStore> current = Optional.empty();

  /** Files that cannot be used: they may be half of a renewal, so the second look reports them. */
  private byte[] unusable = {};

  private boolean reported;
  private Optional<String> problem = Optional.empty();

  /** The files of a certificate, and the context that uses it. */
  private record Files(
      Path certificate, Path key, String password, SslContextFactory.Server context) {
    PemKeyStore read() throws IOException {
      return PemKeyStore.read(certificate, key, password);
    }
  }

  /** Called by the container. */
  @Activate
  public ServerCertificate(HttpConfiguration configuration) throws IOException {
    this(configuration.certificate(), configuration.key(), Clock.systemUTC(), true);
  }

  /**
   * A certificate.
   *
   * @param certificate empty if there is none
   * @param watch whether to look for changes regularly
   */
  ServerCertificate(String certificate, String key, Clock clock, boolean watch) throws IOException {
    this.clock = clock;
    if (certificate.isEmpty()) {
      files = Optional.empty();
      thread = Optional.empty();
      return;
    }
    String password = new BigInteger(160, new SecureRandom()).toString(36);
    SslContextFactory.Server context = new SslContextFactory.Server();
    Files pair = new Files(Path.of(certificate), Path.of(key), password, context);
    PemKeyStore first = pair.read();
    context.setKeyStore(first.store());
    context.setKeyManagerPassword(password);
    files = Optional.of(pair);
    current = Optional.of(first);
    first
        .notValid(clock.instant())
        .ifPresent(
            reason -> LOG.error("Clients refuse the certificate {}: {}", certificate, reason));
    thread =
        watch
            ? Optional.of(
                Executors.newSingleThreadScheduledExecutor(
                    task -> {
                      Thread made = new Thread(task, "bootstrap-vz certificate");
                      made.setDaemon(true);
                      return made;
                    }))
            : Optional.empty();
    thread.ifPresent(
        each ->
            each.scheduleWithFixedDelay(
                this::renew, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS));
  }

  /** The context for TLS; empty if the server does not use TLS. */
  public Optional<SslContextFactory.Server> context() {
    return files.map(Files::context);
  }

  /** The names in the certificate; none without TLS. */
  public synchronized List<String> names() {
    return current.map(each -> CertificateNames.of(each.certificate())).orElse(List.of());
  }

  /** Uses the files if they have changed and are valid. */
  synchronized void renew() {
    if (files.isEmpty() || current.isEmpty()) {
      return;
    }
    Files pair = files.get();
    byte[] content = {};
    try {
      content = PemKeyStore.content(pair.certificate(), pair.key());
      if (current.get().isOf(content)) {
        problem = Optional.empty();
        return;
      }
      if (reported && Arrays.equals(content, unusable)) {
        return;
      }
      PemKeyStore next = pair.read();
      Optional<String> reason = next.notValid(clock.instant());
      if (reason.isPresent()) {
        throw new IOException(pair.certificate() + " is not valid: " + reason.get());
      }
      pair.context().reload(context -> context.setKeyStore(next.store()));
      current = Optional.of(next);
      problem = Optional.empty();
      LOG.info(
          "The renewed certificate {} is in use; it is valid until {}",
          pair.certificate(),
          PemKeyStore.date(next.certificate().getNotAfter().toInstant()));
    } catch (Exception e) { // as declared by the server
      reported = Arrays.equals(content, unusable);
      if (reported) {
        problem =
            Optional.of(
                "The changed certificate is not used, and the previous one stays in use: "
                    + e.getMessage());
        LOG.error("{}", problem.get());
      }
      unusable = content;
    }
  }

  /**
   * The state of the certificate.
   *
   * @param critical whether clients refuse it
   * @param message what to do; empty if nothing
   */
  public record State(boolean critical, String message) {}

  /** The state of the certificate now. */
  public synchronized State state() {
    if (files.isEmpty() || current.isEmpty()) {
      return new State(false, "");
    }
    Instant now = clock.instant();
    String name = "The certificate " + files.get().certificate();
    String remedy = "; renew it: the new files are used without a restart";
    Optional<String> reason = current.get().notValid(now);
    if (reason.isPresent()) {
      return new State(true, name + " is not valid: " + reason.get() + remedy);
    }
    if (problem.isPresent()) {
      return new State(false, problem.get());
    }
    Instant end = current.get().certificate().getNotAfter().toInstant();
    return new State(
        false,
        now.plus(WARNING).isAfter(end)
            ? name + " expires on " + PemKeyStore.date(end) + remedy
            : "");
  }

  /** Stops looking for changes. */
  @Deactivate
  void close() {
    thread.ifPresent(ScheduledExecutorService::shutdownNow);
  }
}
