/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Responses of HTTP/1.1 as they are on the wire. */
class ResponseReaderTest {
  private static ApiResponse read(String text) throws IOException {
    return ResponseReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String body(String text) throws IOException {
    return new String(read(text).body().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void theBodyEndsAsTheHeadSays() throws IOException {
    assertEquals("abc", body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"));
    assertEquals("abcdef", body("HTTP/1.1 200 OK\r\n\r\nabcdef"));
    assertEquals("", body("HTTP/1.1 204 No Content\r\n\r\nabcdef"));
    assertEquals(
        "abcdefghijklmnop",
        body(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\nD;name=value\r\ndefghijklmnop\r\n0\r\nTrailer: x\r\n\r\nrest"));
  }

  @Test
  void theNamesOfHeadersAreNotCaseSensitive() throws IOException {
    ApiResponse response = read("HTTP/1.1 206 Partial Content\r\nlog-next-OFFSET:  7 \r\n\r\n");
    assertEquals(206, response.status());
    assertEquals("7", response.header("Log-Next-Offset").orElse(""));
  }

  @Test
  void aConnectionThatIsLostIsNotTheEndOfABody() {
    for (String lost :
        List.of(
            "",
            "HTTP/1.1 200 OK\r\nContent-",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")) {
      assertThrows(EOFException.class, () -> body(lost), lost);
    }
  }

  @Test
  void whatIsNotAResponseIsAnError() {
    for (String wrong :
        List.of(
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 16) + "\r\n\r\n")) {
      assertThrows(ProtocolException.class, () -> body(wrong));
    }
  }
}
