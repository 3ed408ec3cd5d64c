/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("state/tokens");
  }

  @Test
  void aTokenIsValidAfterARestartAndOnlyItsHashIsOnTheDisk() throws Exception {
    String token = new Tokens(file()).add("ada", Role.ADMIN);
    assertEquals(43, token.length(), "256 bits");
    assertEquals(Optional.of(new Identity("ada", Role.ADMIN)), new Tokens(file()).identify(token));
    assertEquals(Optional.empty(), new Tokens(file()).identify(token + "="));
    assertFalse(Files.readString(file()).contains(token));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void aRevokedTokenIsInvalidImmediatelyAndForEver() throws Exception {
    Tokens tokens = new Tokens(file());
    String token = tokens.add("ada", Role.ADMIN);
    assertTrue(tokens.remove("ada"));
    assertFalse(tokens.remove("ada"));
    assertEquals(Optional.empty(), tokens.identify(token));
    assertEquals(List.of(), new Tokens(file()).list());
  }

  @Test
  void anInvalidLineIsNamedWithoutItsHash() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "ada king " + "ab".repeat(32) + "\n");
    IOException e = assertThrows(IOException.class, () -> new Tokens(file()));
    assertEquals(file() + ": \"ada king …\" is not of the form NAME ROLE HASH", e.getMessage());
  }

  @Test
  void aNameThatCouldBreakTheFileIsRefused() throws Exception {
    Tokens tokens = new Tokens(file());
    for (String name : List.of("", "a b", "a\nb admin", "-a", "ä")) {
      assertThrows(IllegalArgumentException.class, () -> tokens.add(name, Role.VIEWER), name);
    }
  }

  @Test
  void onlyTheFirstStartCreatesAnAdmin() throws Exception {
    Access first = new Access(folder, Instant::now);
    Path made = first.createdFirstToken().orElseThrow();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    Access later = new Access(folder, Instant::now);
    assertEquals(Optional.empty(), later.createdFirstToken());
    assertEquals(
        Optional.of(Role.ADMIN),
        later.tokens().identify(Files.readString(made).strip()).map(Identity::role));
  }

  @Test
  void aSessionExpires() throws Exception {
    Tokens tokens = new Tokens(file());
    String token = tokens.add("ada", Role.ADMIN);
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    Sessions sessions = new Sessions(tokens, now::get);
    String cookie = sessions.start(token).orElseThrow();
    now.set(now.get().plus(Sessions.LIFETIME).minusSeconds(1));
    assertTrue(sessions.identify(cookie).isPresent());
    now.set(now.get().plusSeconds(1));
    assertEquals(Optional.empty(), sessions.identify(cookie));
  }
}
