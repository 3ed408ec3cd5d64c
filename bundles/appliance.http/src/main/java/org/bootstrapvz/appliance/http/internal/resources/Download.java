/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.task.Artefact;

/** An artefact as an answer: whole or one range of it, or only that the caller has it already. */
final class Download {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final int PIECE = 128 * 1024;

  private final Artefact.Local artefact;
  private final String tag;

  Download(Artefact.Local artefact) {
    this.artefact = artefact;
    this.tag = "\"" + artefact.sha256() + "\"";
  }

  /** Bytes from, up to and without. */
  private record Part(long from, long to) {}

  void send(Exchange exchange) throws IOException, HttpProblem {
    HttpServletRequest request = exchange.request();
    HttpServletResponse response = exchange.response();
    if (artefact.sha256().isEmpty()) {
      throw HttpProblem.notFound(
          artefact.name() + " is a folder or a volume; it stays on the appliance that built it");
    }
    if (!Files.isRegularFile(artefact.path()) || Files.size(artefact.path()) != artefact.size()) {
      throw HttpProblem.notFound(
          artefact.name() + " is no longer where the build left it, or not as it left it");
    }
    response.setHeader("ETag", tag);
    response.setHeader("Cache-Control", "private, no-cache");
    response.setHeader("Accept-Ranges", "bytes");
    if (names(request.getHeader("If-None-Match"))) {
      response.setStatus(304);
      return;
    }
    Part whole = new Part(0, artefact.size());
    Part part = part(request).orElse(whole);
    if (part.equals(whole)) {
      response.setStatus(200);
    } else {
      response.setStatus(206);
      response.setHeader(
          "Content-Range", "bytes " + part.from() + "-" + (part.to() - 1) + "/" + artefact.size());
    }
    response.setContentType("application/octet-stream");
    response.setContentLengthLong(part.to() - part.from());
    response.setHeader(
        "Repr-Digest",
        "sha-256=:"
            + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(artefact.sha256()))
            + ":");
    response.setHeader(
        "Content-Disposition",
        "attachment; filename*=UTF-8''"
            + URLEncoder.encode(artefact.name(), StandardCharsets.UTF_8).replace("+", "%20"));
    if (!exchange.isHead()) {
      Sending.begin(exchange, new Piecewise(FileChannel.open(artefact.path()), part));
    }
  }

  private boolean names(String tags) {
    return tags != null
        && List.of(tags.split(",")).stream()
            .map(text -> text.strip().replaceFirst("^W/", ""))
            .anyMatch(text -> text.equals(tag) || text.equals("*"));
  }

  /** What was asked for; empty for all, which is also the answer to several ranges. */
  private Optional<Part> part(HttpServletRequest request) throws HttpProblem {
    String text = request.getHeader("Range");
    String ifRange = request.getHeader("If-Range");
    if (text == null || ifRange != null && !ifRange.equals(tag)) {
      return Optional.empty();
    }
    Matcher matcher = RANGE.matcher(text.replace(" ", ""));
    if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
      return Optional.empty();
    }
    long size = artefact.size();
    long from;
    long to = size;
    if (matcher.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(matcher.group(2)));
    } else {
      from = Long.parseLong(matcher.group(1));
      if (!matcher.group(2).isEmpty()) {
        to = Math.min(size, Long.parseLong(matcher.group(2)) + 1);
      }
    }
    if (from >= to) {
      throw new HttpProblem(416, artefact.name() + " has " + size + " bytes")
          .header("Content-Range", "bytes */" + size);
    }
    return Optional.of(new Part(from, to));
  }

  /** A part of a file, piece by piece. */
  private static final class Piecewise implements Sending.Source {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    private long position;
    private final long end;

    Piecewise(FileChannel channel, Part part) {
      this.channel = channel;
      this.position = part.from();
      this.end = part.to();
    }

    @Override
    public byte[] next() throws IOException {
      if (position == end) {
        return null;
      }
      buffer.clear().limit((int) Math.min(PIECE, end - position));
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw new IOException("The file became shorter");
      }
      position += read;
      return Arrays.copyOf(buffer.array(), read);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // It was only read.
      }
    }
  }
}
