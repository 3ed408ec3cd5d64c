/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bootstrapvz.api.value.Sha256;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;

/**
 * The access tokens. Stored in a file with lines {@code NAME ROLE HASH} that only its owner can
 * read. Safe for use by several threads.
 *
 * <p>A token is 256 random bits, so its plain SHA-256 is stored: a slow or salted hash protects
 * passwords, which can be guessed, and nobody can guess one of 2²⁵⁶ values. The hash is the key of
 * a map, so the duration of a look-up reveals nothing about the token.
 */
public final class Tokens {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int BYTES = 32;

  private final Path file;
  private final SecureRandom random = new SecureRandom();

  /** By hash. Guarded by this. */
  private final Map<String, Identity> identities = new LinkedHashMap<>();

  /**
   * The tokens of a file.
   *
   * @throws IOException if the file exists and cannot be read
   */
  public Tokens(Path file) throws IOException {
    this(file, true);
  }

  /** No tokens, whatever the file contains. */
  static Tokens none(Path file) {
    try {
      return new Tokens(file, false);
    } catch (IOException e) {
      throw new IllegalStateException("Nothing was read", e);
    }
  }

  private Tokens(Path file, boolean read) throws IOException {
    this.file = file;
    if (read && Files.exists(file)) {
      // A damaged file is reported by its first line that is wrong, even if it is not UTF-8.
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          read(line.strip().split("\\s+"), line);
        }
      }
    }
  }

  private void read(String[] words, String line) throws IOException {
    try {
      if (words.length != 3 || !HASH.matcher(words[2]).matches()) {
        throw new IllegalArgumentException();
      }
      identities.put(words[2], new Identity(words[0], Role.valueOf(words[1].toUpperCase())));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IOException(
          file
              + ": \""
              + line.replaceAll("\\S{32,}", "…")
              + "\" is not of the form NAME ROLE HASH; delete the line, or restore the file",
          e);
    }
  }

  /** The caller to whom a token belongs; empty if it is unknown. */
  public synchronized Optional<Identity> identify(String token) {
    return Optional.ofNullable(identities.get(Sha256.of(token)));
  }

  /** The holders of the tokens, in the order in which the tokens were created. */
  public synchronized List<Identity> list() {
    return List.copyOf(identities.values());
  }

  /**
   * Creates a token.
   *
   * @return the token; it is not stored, so it cannot be shown again
   * @throws IllegalArgumentException if the name is malformed or already in use
   */
  public synchronized String add(String name, Role role) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The name of a token consists of 1 to 64 letters, digits and . _ @ -, and starts with a"
              + " letter or digit");
    }
    if (list().stream().anyMatch(identity -> identity.name().equals(name))) {
      throw new IllegalArgumentException(
          "A token named " + name + " already exists; revoke it first");
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Map<String, Identity> changed = new LinkedHashMap<>(identities);
    changed.put(Sha256.of(token), new Identity(name, role));
    store(changed);
    return token;
  }

  /** Revokes a token; false if there is none with this name. */
  public synchronized boolean remove(String name) throws IOException {
    Map<String, Identity> changed = new LinkedHashMap<>(identities);
    if (!changed.values().removeIf(identity -> identity.name().equals(name))) {
      return false;
    }
    store(changed);
    return true;
  }

  /** Changes the memory only after the file has been written. */
  private void store(Map<String, Identity> changed) throws IOException {
    List<String> lines = new ArrayList<>();
    changed.forEach(
        (hash, identity) -> lines.add(identity.name() + " " + identity.role() + " " + hash));
    PrivateFiles.write(file, String.join("\n", lines) + "\n");
    identities.clear();
    identities.putAll(changed);
  }
}
