/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Sends requests over the socket of the appliance on this machine, each over a connection of its
 * own, without a token: the appliance knows the user at the other end.
 */
final class SocketTransport implements Transport {
  private final ApplianceSocket socket;

  /**
   * A transport.
   *
   * @param state the state directory of the appliance
   */
  SocketTransport(Path state) {
    this.socket = new ApplianceSocket(state);
  }

  @Override
  public String appliance() {
    return "the appliance on this machine";
  }

  @Override
  public ApiResponse send(ApiRequest request, Duration timeout)
      throws ApplianceException, IOException {
    SocketChannel channel = socket.connect();
    try {
      write(channel, bytes(request));
      return ResponseReader.read(new BufferedInputStream(new ChannelInput(channel, timeout)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static ByteBuffer bytes(ApiRequest request) {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\n");
    request.headers().forEach((name, value) -> header(head, name, value));
    if (body.length > 0 || request.method().equals("POST")) {
      header(head, "Content-Length", Integer.toString(body.length));
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(start.length + body.length).put(start).put(body).flip();
  }

  private static void header(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /**
   * Ends early if the appliance closes the connection: it may refuse a request before it has read
   * all of it, and the response says why.
   */
  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      if (!channel.isOpen()) {
        throw e; // by an interrupt
      }
    }
  }
}
