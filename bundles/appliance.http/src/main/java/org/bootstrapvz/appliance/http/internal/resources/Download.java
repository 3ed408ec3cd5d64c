/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.http.internal.exchange.AsyncResponse;
import org.bootstrapvz.appliance.http.internal.exchange.StreamBody;

/** An artefact as an answer: all of it, one range, or 304 if the client already has it. */
final class Download {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final int CHUNK_BYTES = 128 * 1024;

  private final Artefact.Local artefact;
  private final String tag;

  Download(Artefact.Local artefact) {
    this.artefact = artefact;
    this.tag = "\"" + artefact.sha256() + "\"";
  }

  /**
   * A range of bytes.
   *
   * @param from the first
   * @param to the one after the last
   */
  private record Part(long from, long to) {}

  Response respondTo(Request request) throws IOException, HttpProblem {
    if (artefact.sha256().isEmpty()) {
      throw HttpProblem.notFound(
          artefact.name() + " is a directory or a volume; it stays on the appliance that built it");
    }
    if (!Files.isRegularFile(artefact.path()) || Files.size(artefact.path()) != artefact.size()) {
      throw HttpProblem.notFound(artefact.name() + " was moved or modified after the build");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", tag);
    headers.put("Cache-Control", "private, no-cache");
    headers.put("Accept-Ranges", "bytes");
    if (matches(request.header("If-None-Match"))) {
      return new Response(304, headers, new Response.Empty());
    }
    Part whole = new Part(0, artefact.size());
    Part part = part(request).orElse(whole);
    if (!part.equals(whole)) {
      headers.put(
          "Content-Range", "bytes " + part.from() + "-" + (part.to() - 1) + "/" + artefact.size());
    }
    headers.put(
        "Repr-Digest",
        "sha-256=:"
            + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(artefact.sha256()))
            + ":");
    headers.put(
        "Content-Disposition",
        "attachment; filename*=UTF-8''"
            + URLEncoder.encode(artefact.name(), StandardCharsets.UTF_8).replace("+", "%20"));
    return new Response(
        part.equals(whole) ? 200 : 206, headers, new FileBody(artefact.path(), part));
  }

  private boolean matches(Optional<String> tags) {
    return tags.isPresent()
        && List.of(tags.get().split(",")).stream()
            .map(text -> text.strip().replaceFirst("^W/", ""))
            .anyMatch(text -> text.equals(tag) || text.equals("*"));
  }

  /** The requested range; empty for all, which is also the answer to several ranges. */
  private Optional<Part> part(Request request) throws HttpProblem {
    Optional<String> text = request.header("Range");
    Optional<String> ifRange = request.header("If-Range");
    if (text.isEmpty() || ifRange.isPresent() && !ifRange.get().equals(tag)) {
      return Optional.empty();
    }
    Matcher matcher = RANGE.matcher(text.get().replace(" ", ""));
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
          .withHeader("Content-Range", "bytes */" + size);
    }
    return Optional.of(new Part(from, to));
  }

  /** A part of a file. */
  private record FileBody(Path file, Part part) implements StreamBody {
    @Override
    public String type() {
      return "application/octet-stream";
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(part.to() - part.from());
    }

    @Override
    public void start(AsyncContext context) throws IOException {
      AsyncResponse.start(context, new FileSource(FileChannel.open(file), part));
    }
  }

  /** A part of a file, piece by piece. */
  private static final class FileSource implements AsyncResponse.Source {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    private long position;
    private final long end;

    FileSource(FileChannel channel, Part part) {
      this.channel = channel;
      this.position = part.from();
      this.end = part.to();
    }

    @Override
    public Optional<byte[]> next() throws IOException {
      if (position == end) {
        return Optional.empty();
      }
      buffer.clear().limit((int) Math.min(CHUNK_BYTES, end - position));
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw new IOException("The file was truncated during the download");
      }
      position += read;
      return Optional.of(Arrays.copyOf(buffer.array(), read));
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
