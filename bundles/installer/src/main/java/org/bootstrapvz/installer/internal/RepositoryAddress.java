/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.repository.RepositoryException;

/**
 * The address of an index.
 *
 * @param uri of the index itself, without user and password
 * @param credentials for its host
 */
record RepositoryAddress(URI uri, Optional<PasswordAuthentication> credentials) {
  private static final String INDEX = "index.xml";

  /** Parses an address as the user wrote it: a directory, a file, or a URL of either. */
  static RepositoryAddress of(String text) throws RepositoryException {
    try {
      if (!text.matches("(?s)\\p{Alpha}[\\p{Alnum}+.-]+:.*")) {
        return of(Path.of(text));
      }
      URI uri = new URI(text).normalize();
      if (uri.getScheme().equalsIgnoreCase("file")) {
        return of(Path.of(uri));
      }
      if (uri.getHost() == null) {
        throw new RepositoryException(
            "The repository address has no host; write a directory, or http(s)://HOST/PATH");
      }
      if (!Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
        throw new RepositoryException(
            shown(uri) + " is not a repository address; write a directory, or http(s)://HOST/PATH");
      }
      return new RepositoryAddress(index(withoutUser(uri)), credentials(uri));
    } catch (URISyntaxException e) {
      // The message contains neither the text nor that of the exception: both can contain a
      // password.
      throw new RepositoryException(
          "The repository address is not a valid URL: error at character " + (e.getIndex() + 1));
    } catch (IllegalArgumentException e) {
      throw new RepositoryException("The repository address is neither a directory nor a URL");
    }
  }

  private static RepositoryAddress of(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(INDEX) : path;
    return new RepositoryAddress(file.toAbsolutePath().normalize().toUri(), Optional.empty());
  }

  private static URI index(URI uri) {
    return uri.getPath().isEmpty() || uri.getPath().endsWith("/")
        ? uri.resolve(uri.getPath().isEmpty() ? "/" + INDEX : INDEX)
        : uri;
  }

  private static URI withoutUser(URI uri) throws URISyntaxException {
    String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    return new URI(
        uri.getScheme()
            + "://"
            + host
            + uri.getRawPath()
            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
  }

  private static Optional<PasswordAuthentication> credentials(URI uri) {
    return Optional.ofNullable(uri.getUserInfo())
        .map(user -> user.split(":", 2))
        .map(
            parts ->
                new PasswordAuthentication(
                    parts[0], (parts.length > 1 ? parts[1] : "").toCharArray()));
  }

  boolean isRemote() {
    return !uri.getScheme().equals("file");
  }

  /** The address for messages, without the parts that may be secret. */
  static String shown(URI uri) {
    if ("file".equals(uri.getScheme())) {
      return uri.getPath();
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  @Override
  public String toString() {
    return shown(uri);
  }
}
