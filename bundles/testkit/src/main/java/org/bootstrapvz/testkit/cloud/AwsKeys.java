/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys of an account, which verify Signature Version 4. The clients have code of their own. */
final class AwsKeys {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  /** A key with what has to come with it. */
  private record Key(String secret, String token) {}

  /**
   * What a signature is for.
   *
   * @param accessKey of the signer; empty if there is no signature
   */
  record Signer(String accessKey, String region, String service) {}

  private final Map<String, Key> keys = new HashMap<>();
  private final Set<String> expired = new java.util.HashSet<>();
  private int issued;

  void add(String accessKey, String secret) {
    keys.put(accessKey, new Key(secret, ""));
  }

  /** Issues a temporary key; returns id, key and token. */
  List<String> issue() {
    issued++;
    String id = "ASIATEMPORARY" + issued;
    keys.put(id, new Key("temporary-secret-" + issued, "temporary-token-" + issued));
    return List.of(id, "temporary-secret-" + issued, "temporary-token-" + issued);
  }

  /** Makes all temporary keys expire. */
  void expire() {
    keys.keySet().stream().filter(id -> id.startsWith("ASIA")).forEach(expired::add);
  }

  /** Returns what the request says it is signed for, without verifying it. */
  static Signer signer(Call call) {
    Matcher matcher = AUTHORIZATION.matcher(call.header("Authorization").orElse(""));
    return matcher.matches()
        ? new Signer(matcher.group(1), matcher.group(3), matcher.group(4))
        : new Signer("", "", "");
  }

  /** Verifies the signature, its time, and the digest of the body if that is signed. */
  void verify(Call call) throws Rejection {
    Matcher matcher = AUTHORIZATION.matcher(call.header("Authorization").orElse(""));
    if (!matcher.matches()) {
      throw new Rejection(403, "MissingAuthenticationToken: Request is missing a signature");
    }
    Key key = keys.get(matcher.group(1));
    String date = call.header("x-amz-date").orElse("");
    if (key == null || !call.header("x-amz-security-token").orElse("").equals(key.token())) {
      throw new Rejection(403, "InvalidClientTokenId: The security token is invalid.");
    }
    if (expired.contains(matcher.group(1))) {
      throw new Rejection(403, "ExpiredToken: The security token is expired");
    }
    verifyTime(date, matcher.group(2));
    String payload = call.header("x-amz-content-sha256").orElse(hex(call.body()));
    if (!payload.equals("UNSIGNED-PAYLOAD") && !payload.equals(hex(call.body()))) {
      throw new Rejection(400, "XAmzContentSHA256Mismatch: The body is not the signed one");
    }
    List<String> names = Arrays.asList(matcher.group(5).split(";"));
    verifyNames(call, names);
    StringBuilder text = new StringBuilder();
    text.append(call.method()).append('\n');
    text.append(call.address().getRawPath().replace("%", "%25")).append('\n');
    String query = call.address().getRawQuery();
    if (query != null) {
      String[] parts = query.split("&");
      Arrays.sort(parts);
      text.append(String.join("&", parts));
    }
    text.append('\n');
    for (String name : names) {
      text.append(name).append(':').append(call.header(name).orElse("").strip()).append('\n');
    }
    text.append('\n').append(matcher.group(5)).append('\n').append(payload);
    byte[] derived = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
    for (String part :
        List.of(matcher.group(2), matcher.group(3), matcher.group(4), "aws4_request")) {
      derived = hmac(derived, part);
    }
    String scope =
        String.join("/", matcher.group(2), matcher.group(3), matcher.group(4), "aws4_request");
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + date
            + "\n"
            + scope
            + "\n"
            + hex(text.toString().getBytes(StandardCharsets.UTF_8));
    if (!HexFormat.of().formatHex(hmac(derived, toSign)).equals(matcher.group(6))) {
      throw new Rejection(403, "SignatureDoesNotMatch: The signature does not match");
    }
  }

  private static void verifyTime(String date, String day) throws Rejection {
    if (!date.startsWith(day)) {
      throw new Rejection(403, "SignatureDoesNotMatch: The date of the scope differs");
    }
    Instant signed =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .parse(date, Instant::from);
    if (Duration.between(signed, Instant.now()).abs().compareTo(MAX_SKEW) > 0) {
      throw new Rejection(403, "RequestTimeTooSkewed: Signature expired: " + date);
    }
  }

  private static void verifyNames(Call call, List<String> names) throws Rejection {
    Map<String, String> required = new TreeMap<>();
    call.exchange()
        .getRequestHeaders()
        .keySet()
        .forEach(
            name -> {
              String lower = name.toLowerCase(java.util.Locale.ROOT);
              if (lower.equals("host") || lower.startsWith("x-amz-")) {
                required.put(lower, "");
              }
            });
    if (!names.containsAll(required.keySet())) {
      throw new Rejection(403, "SignatureDoesNotMatch: Headers must be signed: " + required);
    }
  }

  static String hex(byte[] content) {
    return HexFormat.of().formatHex(sha256(content));
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
