/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Issues tokens to who proves to have the key of a service account, or a refresh token. */
final class GoogleTokens {
  /** The start of all tokens. */
  static final String PREFIX = "ya29.";

  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String AUDIENCE = "https://oauth2.googleapis.com/token";
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String KEY_ID = "0123456789abcdef0123456789abcdef01234567";
  private static final String CLIENT_ID = "764086051850.apps.example.org";
  private static final long MAX_LIFE = 3600;
  private static final long MAX_SKEW = 300;

  /** Takes a moment to generate, so all fakes have the same one. */
  private static final KeyPair KEYS = generate();

  private final Set<String> valid = new HashSet<>();
  private int issued;

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the file with the key of the service account. */
  static String keyFile(String tokenUri) {
    ObjectNode file = JsonMapper.shared().createObjectNode();
    file.put("type", "service_account").put("project_id", FakeGoogle.PROJECT);
    file.put("private_key_id", KEY_ID).put("private_key", privateKey());
    file.put("client_email", FakeGoogle.EMAIL).put("client_id", "1234567890");
    file.put("token_uri", tokenUri);
    return file.toString();
  }

  static String privateKey() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(KEYS.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** Returns the file that "gcloud auth application-default login" writes. */
  static String userFile(String tokenUri) {
    ObjectNode file = JsonMapper.shared().createObjectNode();
    file.put("type", "authorized_user").put("client_id", CLIENT_ID);
    file.put("client_secret", FakeGoogle.CLIENT_SECRET);
    file.put("refresh_token", FakeGoogle.REFRESH_TOKEN).put("token_uri", tokenUri);
    return file.toString();
  }

  String issue() {
    String token = PREFIX + "token-" + ++issued;
    valid.add(token);
    return token;
  }

  void expireAll() {
    valid.clear();
  }

  Set<String> all() {
    return Set.copyOf(valid);
  }

  boolean isValid(String authorization) {
    return authorization.startsWith("Bearer ") && valid.contains(authorization.substring(7));
  }

  /** Answers a request for a token. */
  Answer answer(Map<String, String> form) {
    String problem =
        switch (form.getOrDefault("grant_type", "")) {
          case JWT_BEARER -> problemOf(form.getOrDefault("assertion", ""));
          case "refresh_token" ->
              form.getOrDefault("client_id", "").equals(CLIENT_ID)
                      && form.getOrDefault("client_secret", "").equals(FakeGoogle.CLIENT_SECRET)
                      && form.getOrDefault("refresh_token", "").equals(FakeGoogle.REFRESH_TOKEN)
                  ? ""
                  : "Bad Request";
          default -> "Unknown grant_type";
        };
    return problem.isEmpty() ? token() : refusal(problem);
  }

  Answer token() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("access_token", issue()).put("expires_in", MAX_LIFE).put("token_type", "Bearer");
    return Answer.of(200, Map.of(), body.toString());
  }

  private static Answer refusal(String description) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("error", "invalid_grant").put("error_description", description);
    return Answer.of(400, Map.of(), body.toString());
  }

  private static String problemOf(String assertion) {
    String[] parts = assertion.split("\\.");
    if (parts.length != 3) {
      return "Invalid JWT: it must have three parts";
    }
    try {
      JsonNode header = json(parts[0]);
      JsonNode claims = json(parts[1]);
      if (!header.path("alg").asString("").equals("RS256")
          || !header.path("typ").asString("").equals("JWT")
          || !header.path("kid").asString("").equals(KEY_ID)) {
        return "Invalid JWT header";
      }
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEYS.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
        return "Invalid JWT Signature.";
      }
      return problemOf(claims);
    } catch (GeneralSecurityException | IllegalArgumentException | JacksonException e) {
      return "Invalid JWT: " + e.getMessage();
    }
  }

  private static String problemOf(JsonNode claims) {
    if (!Set.of("iss", "scope", "aud", "iat", "exp").equals(Set.copyOf(claims.propertyNames()))) {
      return "Invalid JWT: claims " + claims.propertyNames();
    }
    long issuedAt = claims.path("iat").asLong(0);
    long now = Instant.now().getEpochSecond();
    if (Math.abs(now - issuedAt) > MAX_SKEW
        || claims.path("exp").asLong(0) > issuedAt + MAX_LIFE
        || claims.path("exp").asLong(0) <= now) {
      return "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
          + " timeframe. Check your iat and exp values in the JWT claim.";
    }
    if (!claims.path("aud").asString("").equals(AUDIENCE)) {
      return "Invalid JWT: aud";
    }
    if (!claims.path("scope").asString("").equals(SCOPE)) {
      return "Invalid OAuth scope";
    }
    return claims.path("iss").asString("").equals(FakeGoogle.EMAIL)
        ? ""
        : "Invalid grant: account not found";
  }

  private static JsonNode json(String part) {
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(part));
  }
}
