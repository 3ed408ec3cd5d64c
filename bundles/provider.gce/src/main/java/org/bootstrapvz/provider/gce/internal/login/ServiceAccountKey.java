/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.login.TokenEndpoint;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The key of a service account. It signs a claim that is exchanged for a token (RFC 7523, 2.1).
 *
 * @param keyId names the key to Google
 * @param pem the key, as it is in the file
 */
record ServiceAccountKey(
    Source source, String project, String account, String keyId, Secret pem, URI tokenUri)
    implements Credentials {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  /** Google expects it whatever the address of the server is. */
  private static final String AUDIENCE = "https://oauth2.googleapis.com/token";

  private static final long LIFE_SECONDS = 3600;

  @Override
  public List<Secret> secrets() {
    return List.of(pem);
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    return endpoint.exchange(
        tokenUri,
        Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        Map.entry("assertion", assertion(Clock.systemUTC())),
        "Check that the service account "
            + account
            + " still exists, and has the key of "
            + source
            + ": gcloud iam service-accounts keys list --iam-account "
            + account);
  }

  /** Returns the signed claim (RFC 7515, 3.1). */
  Secret assertion(Clock clock) throws BuildException {
    ObjectNode header = JsonMapper.shared().createObjectNode();
    header.put("alg", "RS256").put("typ", "JWT").put("kid", keyId);
    long now = clock.instant().getEpochSecond();
    ObjectNode claims = JsonMapper.shared().createObjectNode();
    claims.put("iss", account).put("scope", SCOPE).put("aud", AUDIENCE);
    claims.put("iat", now).put("exp", now + LIFE_SECONDS);
    String signed = encoded(header.toString()) + "." + encoded(claims.toString());
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return Secret.of(signed + "." + encoded(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new BuildException("The private key in " + source + " cannot sign", e);
    }
  }

  /** Returns the private key (RFC 7468, 10). The error does not quote it. */
  PrivateKey key() throws BuildException {
    String text = pem.reveal().strip();
    String begin = "-----BEGIN PRIVATE KEY-----";
    String end = "-----END PRIVATE KEY-----";
    if (text.startsWith(begin) && text.endsWith(end)) {
      try {
        byte[] bytes =
            Base64.getMimeDecoder()
                .decode(text.substring(begin.length(), text.length() - end.length()));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // Its message may contain a part of the key.
      }
    }
    throw new BuildException(
        "The private_key in "
            + source
            + " is not an RSA key in PEM form (PKCS#8). Create a new one: gcloud iam"
            + " service-accounts keys create FILE --iam-account "
            + account);
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
