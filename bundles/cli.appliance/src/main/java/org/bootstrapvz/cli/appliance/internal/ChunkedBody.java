/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** A body in chunks, whose length is not known in advance. */
final class ChunkedBody extends InputStream {
  private static final int MAX_LINE = 4096;
  private static final int HEXADECIMAL = 16;

  private final InputStream in;

  /** What is left of the current chunk. */
  private long left;

  private boolean first = true;
  private boolean ended;

  ChunkedBody(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      startChunk();
    }
    if (ended) {
      return -1;
    }
    int read = in.read(bytes, offset, (int) Math.min(left, length));
    if (read < 0) {
      throw new EOFException("The connection was lost");
    }
    left -= read;
    return read;
  }

  private void startChunk() throws IOException {
    if (!first && !ResponseReader.readLine(in, MAX_LINE).isEmpty()) {
      throw malformed();
    }
    first = false;
    String size = ResponseReader.readLine(in, MAX_LINE).replaceFirst(";.*", "").strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw malformed();
    }
    left = Long.parseLong(size, HEXADECIMAL);
    if (left == 0) {
      ended = true;
      while (!ResponseReader.readLine(in, MAX_LINE).isEmpty()) {
        // A trailer, which the API does not use.
      }
    }
  }

  private static ProtocolException malformed() {
    return new ProtocolException("A chunk of the response is malformed");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
