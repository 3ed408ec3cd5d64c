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
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.bootstrapvz.api.repository.RepositoryException;

/** Gets the files of a repository. */
final class RepositorySource {
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);

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
   * @param limit the most bytes it may have
   * @param patience how long it may take
   * @return its SHA-256
   */
  String copy(URI uri, Path target, long limit, Duration patience)
      throws RepositoryException, IOException, InterruptedException {
    try (OutputStream out = Files.newOutputStream(target);
        DigestOutputStream digest =
            new DigestOutputStream(out, MessageDigest.getInstance("SHA-256"))) {
      if (uri.getScheme() != null && uri.getScheme().matches("(?i)https?")) {
        download(uri, digest, limit, patience);
      } else if ("file".equals(uri.getScheme()) && !address.isRemote()) {
        try (InputStream in = Files.newInputStream(Path.of(uri))) {
          copy(in, uri, digest, limit);
        } catch (NoSuchFileException e) {
          throw new RepositoryException("There is no file " + e.getFile());
        }
      } else {
        throw new RepositoryException(
            address + " names a file where it may not: at " + RepositoryAddress.shown(uri));
      }
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private void download(URI uri, OutputStream out, long limit, Duration patience)
      throws RepositoryException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(patience).build();
    try {
      HttpResponse<InputStream> response = client().send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() != 200) {
          throw new RepositoryException(
              RepositoryAddress.shown(uri)
                  + " cannot be had: the answer is "
                  + response.statusCode());
        }
        // The request's own limit ends with the head of the answer.
        CompletableFuture<Void> end =
            CompletableFuture.runAsync(
                () -> close(in),
                CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
          copy(in, uri, out, limit);
        } finally {
          end.cancel(false);
        }
      }
    } catch (IOException e) {
      throw new RepositoryException(
          RepositoryAddress.shown(uri) + " cannot be had: " + reason(e), e);
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // who reads it gets the exception
    }
  }

  private static void copy(InputStream in, URI uri, OutputStream out, long limit)
      throws RepositoryException, IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
      if (total > limit) {
        throw new RepositoryException(
            RepositoryAddress.shown(uri) + " has more than the " + limit + " bytes it may have");
      }
      out.write(buffer, 0, read);
    }
  }

  private HttpClient client() {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL);
    address.credentials().ifPresent(credentials -> client.authenticator(only(credentials)));
    return client.build();
  }

  /** The password is for the host of the index and for no other that it may lead to. */
  private Authenticator only(PasswordAuthentication credentials) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
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
          : "nobody answers there";
    }
    if (e instanceof SSLException) {
      return "its certificate is not trusted: " + e.getMessage();
    }
    return e.getMessage() == null ? "the connection broke off" : e.getMessage();
  }
}
