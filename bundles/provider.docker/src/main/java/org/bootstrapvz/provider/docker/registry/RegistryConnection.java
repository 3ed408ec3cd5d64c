/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;

/**
 * Exchanges HTTP messages with a registry and the servers that it names, and reports connection
 * errors. Redirects are not followed.
 */
final class RegistryConnection implements AutoCloseable {
  private final HttpClient http;

  RegistryConnection(HttpClient.Builder http) {
    this.http =
        http.version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  RegistryResponse send(HttpRequest request) throws BuildException {
    URI server = request.uri().resolve("/");
    try {
      return new RegistryResponse(http.send(request, BodyHandlers.ofByteArray()));
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
                  ? "Java does not trust the issuer of its certificate"
                  : e.getMessage())
              + (Destination.isLoopback(server)
                  ? ". If it has none, set provider.push.tls to false"
                  : ""),
          e);
    } catch (IOException e) {
      throw new BuildException("The connection to the registry at " + server + " broke off", e);
    }
  }

  /** Never sends an unencrypted request to another machine, wherever a server redirects. */
  static void requireEncryption(URI target) throws BuildException {
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

  /**
   * Closes the client, which stops its threads, in versions of Java that support it; older ones
   * stop them by themselves.
   */
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
}
