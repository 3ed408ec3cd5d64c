/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a response of HTTP/1.1, after which the server closes the connection. */
final class ResponseReader {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final int MAX_HEAD = 1 << 16;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final InputStream in;
  private int headBytes;

  private ResponseReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the head; the body of the response is read from the same stream.
   *
   * @throws EOFException if the server closed the connection without a response
   */
  static ApiResponse read(InputStream in) throws IOException {
    return new ResponseReader(in).read();
  }

  private ApiResponse read() throws IOException {
    Matcher line = STATUS.matcher(line());
    if (!line.matches()) {
      throw new ProtocolException("The response is not one of HTTP");
    }
    int status = Integer.parseInt(line.group(1));
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("A header of the response is malformed");
      }
      headers.putIfAbsent(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return new ApiResponse(status, headers, body(status, headers));
  }

  private InputStream body(int status, Map<String, String> headers) throws IOException {
    if (status == NO_CONTENT || status == NOT_MODIFIED) {
      return new FixedBody(in, 0);
    }
    if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
      return new ChunkedBody(in);
    }
    Optional<String> length = Optional.ofNullable(headers.get("Content-Length"));
    if (length.isEmpty()) {
      return in; // the end of the connection is that of the body
    }
    if (!LENGTH.matcher(length.get()).matches()) {
      throw new ProtocolException("The length of the response is malformed");
    }
    return new FixedBody(in, Long.parseLong(length.get()));
  }

  private String line() throws IOException {
    String line = readLine(in, MAX_HEAD - headBytes);
    headBytes += line.length() + 2;
    return line;
  }

  /** Reads a line, without its end. */
  static String readLine(InputStream in, int max) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The connection was lost");
      }
      if (line.length() >= max) {
        throw new ProtocolException("The head of the response is too long");
      }
      line.append((char) next); // ISO 8859-1
    }
    return line.toString().replaceFirst("\r$", "");
  }
}
