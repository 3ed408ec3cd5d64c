/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses a file with gzip on all processors: each block by itself, with the end of the block
 * before it as its dictionary. The result is one ordinary gzip member (RFC 1952); it depends on the
 * content only, not on the number of processors.
 */
final class ParallelGzip {
  private static final int BLOCK = 1 << 20;

  /** As far back as deflate can refer. */
  private static final int WINDOW = 1 << 15;

  private static final int LEVEL = 6;

  /** Deflate, without a name or a time, by an unknown system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private ParallelGzip() {}

  /**
   * Compresses a file.
   *
   * @param progress the part that is done, from 0 to 1
   */
  static void compress(Path from, Path to, DoubleConsumer progress) throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(from), BLOCK);
        OutputStream out = Files.newOutputStream(to)) {
      out.write(HEADER);
      compress(in, Files.size(from), out, pool, 2 * threads, progress);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void compress(
      InputStream in,
      long size,
      OutputStream out,
      ExecutorService pool,
      int ahead,
      DoubleConsumer progress)
      throws IOException {
    Deque<Future<byte[]>> pending = new ArrayDeque<>();
    CRC32 checksum = new CRC32();
    byte[] dictionary = {};
    long read = 0;
    byte[] block = in.readNBytes(BLOCK);
    boolean last;
    do {
      byte[] next = in.readNBytes(BLOCK);
      last = next.length == 0;
      checksum.update(block);
      read += block.length;
      Block task = new Block(block, dictionary, last);
      pending.add(pool.submit(task::deflated));
      if (pending.size() > ahead) {
        out.write(result(pending.remove()));
        progress.accept(size == 0 ? 1 : (double) read / size);
      }
      dictionary = Arrays.copyOfRange(block, Math.max(0, block.length - WINDOW), block.length);
      block = next;
    } while (!last);
    while (!pending.isEmpty()) {
      out.write(result(pending.remove()));
    }
    out.write(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) checksum.getValue())
            .putInt((int) read)
            .array());
  }

  private static byte[] result(Future<byte[]> block) throws IOException {
    try {
      return block.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The compression was cancelled");
    } catch (ExecutionException e) {
      throw new IOException("The compression failed: " + e.getCause(), e);
    }
  }

  /** A part of the file. All but the last end at a whole byte, so that they can be joined. */
  private record Block(byte[] content, byte[] dictionary, boolean last) {
    byte[] deflated() {
      Deflater deflater = new Deflater(LEVEL, true);
      try {
        if (dictionary.length > 0) {
          deflater.setDictionary(dictionary);
        }
        deflater.setInput(content);
        if (last) {
          deflater.finish();
        }
        byte[] result = new byte[content.length / 2 + 1024];
        int length = 0;
        int written;
        do {
          if (length == result.length) {
            result = Arrays.copyOf(result, 2 * length);
          }
          written =
              deflater.deflate(
                  result,
                  length,
                  result.length - length,
                  last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
          length += written;
        } while (last ? !deflater.finished() : length == result.length);
        return Arrays.copyOf(result, length);
      } finally {
        deflater.end();
      }
    }
  }
}
