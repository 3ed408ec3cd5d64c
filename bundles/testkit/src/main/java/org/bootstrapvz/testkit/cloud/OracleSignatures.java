/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Verifies the signatures of requests with the key of one user. */
final class OracleSignatures {
  private static final Pattern FIELD = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);
  private static final Set<String> ALWAYS = Set.of("date", "(request-target)", "host");
  private static final Set<String> WITH_BODY =
      Set.of("content-length", "content-type", "x-content-sha256");

  /** Takes a moment to generate, so all fakes have the same one. */
  private static final KeyPair KEYS = generate();

  private boolean revoked;

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String keyFile() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(KEYS.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\nOCI_API_KEY\n";
  }

  static String fingerprint() {
    return HexFormat.ofDelimiter(":").formatHex(digest("MD5", KEYS.getPublic().getEncoded()));
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encodedDigest(String algorithm, byte[] content) {
    return Base64.getEncoder().encodeToString(digest(algorithm, content));
  }

  void revoke() {
    revoked = true;
  }

  void verify(Call call) throws Rejection {
    String authorization = call.header("authorization").orElse("");
    String key = String.join("/", FakeOracle.TENANCY, FakeOracle.USER, fingerprint());
    if (revoked
        || !authorization.startsWith("Signature ")
        || !field(authorization, "version").equals("1")
        || !field(authorization, "algorithm").equals("rsa-sha256")
        || !field(authorization, "keyId").equals(key)) {
      throw refusal("The required information to complete authentication was not provided.");
    }
    List<String> names =
        List.of(field(authorization, "headers").toLowerCase(Locale.ROOT).split(" "));
    Set<String> wanted = new TreeSet<>(ALWAYS);
    if (hasSignedBody(call)) {
      wanted.addAll(WITH_BODY);
    }
    if (!names.containsAll(wanted)) {
      throw refusal("These headers have to be signed: " + wanted);
    }
    checkDate(call.header("date").orElse(""));
    if (names.contains("x-content-sha256")
        && !call.header("x-content-sha256")
            .orElse("")
            .equals(encodedDigest("SHA-256", call.body()))) {
      throw refusal("The computed SHA-256 of the body does not match.");
    }
    if (!isSigned(call, names, field(authorization, "signature"))) {
      throw refusal("Failed to verify the HTTP(S) Signature");
    }
  }

  /** The bodies of parts are not signed. */
  private static boolean hasSignedBody(Call call) {
    boolean part = call.method().equals("PUT") && call.path().startsWith("/n/");
    return !part && (call.method().equals("POST") || call.method().equals("PUT"));
  }

  private static void checkDate(String date) throws Rejection {
    try {
      Instant time = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      if (Duration.between(time, Instant.now()).abs().compareTo(MAX_SKEW) <= 0) {
        return;
      }
    } catch (DateTimeException e) {
      // Refused below.
    }
    throw refusal("Date '" + date + "' is not within allowed clock skew.");
  }

  private static boolean isSigned(Call call, List<String> names, String signature) {
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      String target =
          call.method().toLowerCase(Locale.ROOT)
              + " "
              + call.address().getRawPath()
              + (call.address().getRawQuery() == null ? "" : "?" + call.address().getRawQuery());
      lines.add(
          name + ": " + (name.equals("(request-target)") ? target : call.header(name).orElse("")));
    }
    try {
      Signature verification = Signature.getInstance("SHA256withRSA");
      verification.initVerify(KEYS.getPublic());
      verification.update(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
      return verification.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String field(String authorization, String name) {
    Matcher matcher = FIELD.matcher(authorization);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return matcher.group(2);
      }
    }
    return "";
  }

  private static Rejection refusal(String message) {
    return new Rejection(401, "NotAuthenticated " + message);
  }

  /** Refuses parameters of the query that are not known. */
  static void requireQuery(Call call, String... known) throws Rejection {
    Set<String> unknown = new TreeSet<>(call.query().keySet());
    unknown.removeAll(Set.of(known));
    if (!unknown.isEmpty()) {
      throw new Rejection(400, "InvalidParameter Unknown parameters " + unknown);
    }
  }
}
