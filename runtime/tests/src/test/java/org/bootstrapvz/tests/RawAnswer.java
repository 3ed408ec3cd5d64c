/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer of an HTTP server to bytes that need not be a request.
 *
 * @param body decoded, as text
 */
record RawAnswer(int status, String headers, String body) {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \r]");
  private static final Pattern LENGTH = Pattern.compile("\ncontent-length: (\\d+)\r");
  private static final String STREAM = "text/event-stream";

  /** A server that neither answers nor closes the connection for so long never will. */
  private static final int TIMEOUT_MILLIS = 300_000;

  /** The value of a header; empty if it is not there. */
  String header(String name) {
    Matcher found =
        Pattern.compile("(?i)\n" + Pattern.quote(name) + ": ?([^\r]*)\r").matcher(headers);
    return found.find() ? found.group(1) : "";
  }

  /** Sends bytes and returns all answers, of an endless stream only the beginning. */
  static List<RawAnswer> send(URI server, byte[] request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
      } catch (IOException e) {
        // The server may refuse it before it is complete.
      }
      return parse(read(socket.getInputStream()));
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[1 << 16];
    try {
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        all.write(part, 0, length);
        if (all.size() < 4096 && all.toString(StandardCharsets.ISO_8859_1).contains(STREAM)) {
          break;
        }
      }
    } catch (SocketException e) {
      // A reset, since the server did not read all.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private static List<RawAnswer> parse(String text) throws IOException {
    List<RawAnswer> answers = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf("\r\n\r\n", start);
      Matcher status =
          STATUS.matcher(text.substring(start, Math.max(start, text.indexOf('\n', start))));
      if (end < 0 || !status.lookingAt()) {
        throw new IOException("Not an answer: " + text.substring(start));
      }
      String headers = text.substring(start, end + 2);
      start = end + 4;
      Body body = Body.read(text, start, headers.toLowerCase(Locale.ROOT));
      start = body.end();
      int code = Integer.parseInt(status.group(1));
      if (code >= 200) {
        answers.add(new RawAnswer(code, headers, body.text()));
      }
    }
    return answers;
  }

  /**
   * A body.
   *
   * @param end where the next answer starts
   */
  private record Body(String text, int end) {
    static Body read(String all, int start, String headers) {
      if (all.startsWith("HTTP/1.", start)) {
        return new Body("", start); // to a request HEAD
      }
      if (headers.contains("transfer-encoding: chunked")) {
        return chunked(all, start);
      }
      Matcher length = LENGTH.matcher(headers);
      int end = all.length();
      if (length.find()) {
        end = (int) Math.min(end, start + Long.parseLong(length.group(1)));
      }
      return new Body(utf8(all.substring(start, end)), end);
    }

    private static Body chunked(String all, int start) {
      StringBuilder text = new StringBuilder();
      int place = start;
      while (place < all.length()) {
        int line = all.indexOf("\r\n", place);
        int size = line < 0 ? 0 : Integer.parseInt(all.substring(place, line), 16);
        int end = Math.min(all.length(), line + 2 + size);
        text.append(all, Math.min(end, line + 2), end);
        place = Math.min(all.length(), end + 2);
        if (size == 0) {
          break;
        }
      }
      return new Body(utf8(text.toString()), place);
    }

    private static String utf8(String bytes) {
      return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }
}
