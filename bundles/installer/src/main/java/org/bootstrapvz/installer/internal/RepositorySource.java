/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.api.value.Sha256;
import org.jspecify.annotations.Nullable;

/** Fetches the files of a repository. */
final class RepositorySource {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final RepositoryAddress address;

  RepositorySource(RepositoryAddress address) {
    this.address = address;
  }

  RepositoryAddress address() {
    return address;
  }

  /**
   * Copies a file of the repository.
   *
   * @param maxBytes the maximum size
   * @param timeout the maximum duration
   * @return its SHA-256
   */
  String copy(URI uri, Path target, long maxBytes, Duration timeout)
      throws RepositoryException, IOException, InterruptedException {
    try (OutputStream out = Files.newOutputStream(target);
        Sha256.Output digest = new Sha256.Output(out)) {
      if (uri.getScheme() != null && uri.getScheme().matches("(?i)https?")) {
        download(uri, digest, maxBytes, timeout);
      } else if ("file".equals(uri.getScheme()) && !address.isRemote()) {
        try (InputStream in = Files.newInputStream(Path.of(uri))) {
          copy(in, uri, digest, maxBytes);
        } catch (NoSuchFileException e) {
          throw new MissingFileException("There is no file " + e.getFile());
        }
      } else {
        throw new RepositoryException(
            address + " names a file where it may not: at " + RepositoryAddress.shown(uri));
      }
      return digest.sha256();
    }
  }

  private void download(URI uri, OutputStream out, long maxBytes, Duration timeout)
      throws RepositoryException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
    try {
      HttpResponse<InputStream> response = client().send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() == 404) {
          throw new MissingFileException(
              RepositoryAddress.shown(uri) + " cannot be fetched: the status is 404");
        }
        if (response.statusCode() != 200) {
          throw new RepositoryException(
              RepositoryAddress.shown(uri)
                  + " cannot be fetched: the status is "
                  + response.statusCode());
        }
        // The timeout of the request only covers the response header.
        CompletableFuture<Void> end =
            CompletableFuture.runAsync(
                () -> close(in),
                CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
        try {
          copy(in, uri, out, maxBytes);
        } finally {
          end.cancel(false);
        }
      }
    } catch (IOException e) {
      throw new RepositoryException(
          RepositoryAddress.shown(uri) + " cannot be fetched: " + reason(e), e);
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // the reader gets the exception
    }
  }

  private static void copy(InputStream in, URI uri, OutputStream out, long maxBytes)
      throws RepositoryException, IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
      if (total > maxBytes) {
        throw new RepositoryException(
            RepositoryAddress.shown(uri) + " has more than the " + maxBytes + " bytes it may have");
      }
      out.write(buffer, 0, read);
    }
  }

  private HttpClient client() {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL);
    address.credentials().ifPresent(credentials -> client.authenticator(only(credentials)));
    return client.build();
  }

  /** The password is only sent to the host of the index, never to a host that it redirects to. */
  private Authenticator only(PasswordAuthentication credentials) {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        boolean asksForIt =
            getRequestorType() == RequestorType.SERVER
                && getRequestingHost().equalsIgnoreCase(address.uri().getHost())
                && getRequestingProtocol().equalsIgnoreCase(address.uri().getScheme())
                && port(getRequestingPort()) == port(address.uri().getPort());
        return asksForIt ? credentials : null;
      }

      private int port(int number) {
        return number >= 0 ? number : address.uri().getScheme().length() == 5 ? 443 : 80;
      }
    };
  }

  private static String reason(IOException e) {
    if (e instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (e instanceof ConnectException) {
      return e.getCause() instanceof UnresolvedAddressException
              || e.getCause() != null
                  && e.getCause().getCause() instanceof UnresolvedAddressException
          ? "there is no such host"
          : "connection refused";
    }
    if (e instanceof SSLException) {
      return "its certificate is not trusted: " + e.getMessage();
    }
    return e.getMessage() == null ? "the connection broke off" : e.getMessage();
  }
}
