/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** The bytes that arrive at a channel, with a timeout, which Unix sockets do not have. */
final class ChannelInput extends InputStream {
  private final SocketChannel channel;
  private final Selector selector;
  private final long timeoutMillis;

  /**
   * The input of a channel, which becomes non-blocking.
   *
   * @param timeout how long to wait for the next byte; zero for as long as it takes
   */
  ChannelInput(SocketChannel channel, Duration timeout) throws IOException {
    this.channel = channel;
    timeoutMillis = timeout.toMillis();
    channel.configureBlocking(false);
    selector = Selector.open();
    channel.register(selector, SelectionKey.OP_READ);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int read = channel.read(ByteBuffer.wrap(bytes, offset, length));
      if (read != 0) {
        return read;
      }
      int ready = selector.select(timeoutMillis);
      if (Thread.currentThread().isInterrupted()) {
        close();
        throw new ClosedByInterruptException();
      }
      if (ready == 0 && timeoutMillis > 0) {
        throw new HttpTimeoutException("no response");
      }
      selector.selectedKeys().clear();
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
