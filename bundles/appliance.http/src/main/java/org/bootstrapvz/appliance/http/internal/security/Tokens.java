/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;

/**
 * Who has access. Kept in a file of lines {@code NAME ROLE HASH}, which only its owner may read.
 *
 * <p>A token is 256 random bits, so its plain SHA-256 is stored: a slow or salted hash protects
 * what people choose and others guess, and nobody guesses one of 2²⁵⁶ values. The hash is the key
 * of a map, so how long a look-up takes says nothing about the token.
 */
public final class Tokens {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final int BYTES = 32;

  private final Path file;
  private final SecureRandom random = new SecureRandom();

  /** By hash. Guarded by this. */
  private final Map<String, Identity> identities = new LinkedHashMap<>();

  /**
   * The tokens of a file.
   *
   * @throws IOException if it is there and cannot be read
   */
  public Tokens(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          read(line.strip().split("\\s+"), line);
        }
      }
    }
  }

  private void read(String[] words, String line) throws IOException {
    try {
      identities.put(words[2], new Identity(words[0], Role.valueOf(words[1].toUpperCase())));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IOException(
          file + ": \"" + line.replaceAll("\\S{32,}", "…") + "\" is not NAME ROLE HASH", e);
    }
  }

  /** Whose token this is. */
  public synchronized Optional<Identity> identify(String token) {
    return Optional.ofNullable(identities.get(hash(token)));
  }

  /** Everybody who has access, in the order in which they got it. */
  public synchronized List<Identity> list() {
    return List.copyOf(identities.values());
  }

  /**
   * Gives access.
   *
   * @return the token, which cannot be had again
   * @throws IllegalArgumentException saying what is wrong with the name
   */
  public synchronized String add(String name, Role role) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A token's name is made of up to 64 letters, digits and . _ @ -, a letter or digit first");
    }
    if (list().stream().anyMatch(identity -> identity.name().equals(name))) {
      throw new IllegalArgumentException("There is a token named " + name + "; remove it first");
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Map<String, Identity> changed = new LinkedHashMap<>(identities);
    changed.put(hash(token), new Identity(name, role));
    store(changed);
    return token;
  }

  /** Takes access away; false if there was none of this name. */
  public synchronized boolean remove(String name) throws IOException {
    Map<String, Identity> changed = new LinkedHashMap<>(identities);
    if (!changed.values().removeIf(identity -> identity.name().equals(name))) {
      return false;
    }
    store(changed);
    return true;
  }

  /** What is in memory changes only once it is on the disk. */
  private void store(Map<String, Identity> changed) throws IOException {
    List<String> lines = new ArrayList<>();
    changed.forEach(
        (hash, identity) -> lines.add(identity.name() + " " + identity.role() + " " + hash));
    writePrivately(file, String.join("\n", lines) + "\n");
    identities.clear();
    identities.putAll(changed);
  }

  /** Replaces a file at once by one that nobody else may ever read. */
  public static void writePrivately(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(next, text, StandardOpenOption.DSYNC);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Of the names in use, for messages. */
  public synchronized Set<String> names() {
    return Set.copyOf(identities.values().stream().map(Identity::name).toList());
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
