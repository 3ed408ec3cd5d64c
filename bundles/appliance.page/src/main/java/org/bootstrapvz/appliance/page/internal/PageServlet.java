/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.page.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The static files of the page. They contain nothing about the appliance, so they need no token.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/", "/page/*"})
public final class PageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** The paths of the files; {@code index.html} is available only at the root. */
  private static final Pattern FILE = Pattern.compile("/page/([a-z]+\\.(css|js|svg))");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /** Only files of this bundle and the API; no inline scripts or styles; no text as markup. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private record File(byte[] bytes, String type, String tag) {}

  private final transient Map<String, File> files = new ConcurrentHashMap<>();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    Optional<File> found = find(request);
    if (found.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    File file = found.get();
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", file.tag());
    if (file.tag().equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(file.type());
    // The server sends what is in the buffer when this thread has returned. With a length, or a
    // smaller buffer, the thread would wait for a client that does not read.
    response.setBufferSize(file.bytes().length + 1);
    response.getOutputStream().write(file.bytes());
  }

  private Optional<File> find(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (path.equals("/")) {
      return file("index.html", "html");
    }
    Matcher matcher = FILE.matcher(path);
    return matcher.matches() ? file(matcher.group(1), matcher.group(2)) : Optional.empty();
  }

  private Optional<File> file(String name, String kind) {
    File known = files.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    String type = Objects.requireNonNull(TYPES.get(kind), "FILE matches only these kinds");
    Optional<File> read = read(name, type);
    read.ifPresent(file -> files.put(name, file));
    return read;
  }

  /** The file; empty if it does not exist. */
  private static Optional<File> read(String name, String type) {
    try (InputStream in = PageServlet.class.getResourceAsStream(name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      CRC32 sum = new CRC32();
      sum.update(bytes);
      return Optional.of(new File(bytes, type, "\"" + Long.toHexString(sum.getValue()) + "\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
