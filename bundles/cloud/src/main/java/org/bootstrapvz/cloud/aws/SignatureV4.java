/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bootstrapvz.api.value.Secret;

/**
 * AWS Signature Version 4 of requests to one service in one region.
 *
 * @param region the region of the endpoint
 * @param service the signing name of the service: {@code ebs}
 */
record SignatureV4(String region, String service) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = 8;
  private static final String HMAC = "HmacSHA256";

  /** Returns a time as the header x-amz-date has it. */
  static String date(Instant time) {
    return TIME.format(time);
  }

  /** Returns the time that the header x-amz-date has; empty if it is none. */
  static Optional<Instant> time(String date) {
    try {
      return Optional.of(TIME.parse(date, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Returns the names of headers as they are listed next to a signature. */
  static String names(Map<String, String> headers) {
    return String.join(";", lowerCase(headers).keySet());
  }

  /** Returns what a key is valid for: {@code 20150830/us-east-1/iam/aws4_request}. */
  String scope(String date) {
    return String.join("/", date.substring(0, DATE_LENGTH), region, service, "aws4_request");
  }

  /**
   * Returns a signature.
   *
   * @param headers all that are signed, with the host
   * @param payload SHA-256 of the body in hexadecimal digits, or what stands for it
   * @param date as {@link #date} returns it
   */
  String sign(
      Secret key,
      String method,
      URI address,
      Map<String, String> headers,
      String payload,
      String date) {
    StringBuilder canonical = new StringBuilder(method + "\n" + path(address) + "\n");
    canonical.append(query(address)).append('\n');
    lowerCase(headers)
        .forEach(
            (name, value) ->
                canonical
                    .append(name)
                    .append(':')
                    .append(value.strip().replaceAll(" +", " "))
                    .append('\n'));
    canonical.append('\n').append(names(headers)).append('\n').append(payload);
    String text =
        String.join("\n", ALGORITHM, date, scope(date), sha256(bytes(canonical.toString())));
    return HexFormat.of().formatHex(hmac(signingKey(key, date), text));
  }

  /** Returns the key for the scope. */
  byte[] signingKey(Secret key, String date) {
    byte[] derived = bytes("AWS4" + key.reveal());
    for (String part : scope(date).split("/")) {
      derived = hmac(derived, part);
    }
    return derived;
  }

  /** Returns the SHA-256 of bytes in hexadecimal digits. */
  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> sorted = new TreeMap<>();
    headers.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value));
    return sorted;
  }

  /** All services but S3 encode the path a second time. */
  private String path(URI address) {
    String raw = address.getRawPath();
    if (raw.isEmpty()) {
      return "/";
    }
    String text = service.equals("s3") ? decoded(raw.replace("+", "%2B")) : raw;
    return encoded(text).replace("%2F", "/");
  }

  private static String query(URI address) {
    String raw = address.getRawQuery();
    if (raw == null) {
      return "";
    }
    TreeSet<String> pairs = new TreeSet<>();
    for (String each : raw.split("&")) {
      String[] pair = each.split("=", 2);
      String value = pair.length > 1 ? encoded(decoded(pair[1])) : "";
      // A name sorts before one that it is the start of; "=" does not.
      pairs.add(encoded(decoded(pair[0])) + "\u0000" + value);
    }
    return pairs.stream().map(pair -> pair.replace('\u0000', '=')).collect(Collectors.joining("&"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Encodes all but letters, digits and -_.~ . */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
