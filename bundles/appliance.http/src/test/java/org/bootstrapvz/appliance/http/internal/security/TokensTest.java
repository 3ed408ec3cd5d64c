/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bootstrapvz.appliance.api.RecordedAudit;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
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
  void aDamagedLineIsNamedWithoutItsHash() throws Exception {
    Files.createDirectories(file().getParent());
    String good = "ada ADMIN " + "ab".repeat(32) + "\n";
    for (String damaged :
        List.of(
            "ada king " + "ab".repeat(32),
            "ada ADMIN " + "ab".repeat(31),
            "ada ADMIN",
            "ada ADMIN " + "ab".repeat(32) + " more",
            "\u00ff\u00fe")) {
      Files.writeString(file(), good + damaged, StandardCharsets.ISO_8859_1);
      IOException e = assertThrows(IOException.class, () -> new Tokens(file()));
      assertEquals(
          file()
              + ": \""
              + damaged.replaceAll("\\S{32,}", "…")
              + "\" is not of the form NAME ROLE HASH; delete the line, or restore the file",
          e.getMessage());
    }
  }

  @Test
  void damagedTokensEndTheApplianceAndGiveNobodyAccess() throws Exception {
    String token = new Tokens(folder.resolve("tokens")).add("ada", Role.ADMIN);
    String before = Files.readString(folder.resolve("tokens"));
    Files.writeString(folder.resolve("tokens"), before + "torn");
    List<String> reasons = new ArrayList<>();

    Access access = new Access(state(folder), status(reasons), new RecordedAudit());

    assertEquals(1, reasons.size(), reasons.toString());
    assertTrue(
        reasons.get(0).startsWith("The access tokens cannot be used: " + folder.resolve("tokens")),
        reasons.get(0));
    assertEquals(Optional.empty(), access.tokens().identify(token));
    assertEquals(Optional.empty(), access.createdFirstToken());
    assertEquals(before + "torn", Files.readString(folder.resolve("tokens")));
  }

  private static StateDirectory state(Path path) {
    return new StateDirectory() {
      @Override
      public Path path() {
        return path;
      }

      @Override
      public Path scratch() {
        return path;
      }

      @Override
      public String instance() {
        return "12345678";
      }
    };
  }

  private static ServerStatus status(List<String> reasons) {
    return new ServerStatus() {
      @Override
      public void listening(String address) {
        throw new AssertionError();
      }

      @Override
      public void firstTokenCreated(Path file) {
        throw new AssertionError();
      }

      @Override
      public void failed(List<String> sentences) {
        reasons.addAll(sentences);
      }
    };
  }

  @Test
  void aTokenThatCannotBeStoredIsNotValidAndLeavesTheFileAsItWas() throws Exception {
    Tokens tokens = new Tokens(file());
    tokens.add("ada", Role.ADMIN);
    String before = Files.readString(file());
    Path occupied = Files.createDirectory(file().resolveSibling("tokens.new"));
    Files.createFile(occupied.resolve("x"));

    assertThrows(IOException.class, () -> tokens.add("bob", Role.VIEWER));
    assertThrows(IOException.class, () -> tokens.remove("ada"));

    assertEquals(before, Files.readString(file()));
    assertEquals(1, tokens.list().size());
    assertEquals("ada", tokens.list().get(0).name());
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
