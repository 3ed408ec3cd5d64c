/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import org.bootstrapvz.api.repository.SignerCheck;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignersTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path keys;
  private static KeyStore store;
  @TempDir private Path folder;
  private Path settings;

  /** Creates keys with keytool of the JDK, as a user would. */
  @BeforeAll
  static void makeKeys() throws Exception {
    pair("acme");
    pair("other");
    pair("old", "-startdate", "-3y", "-validity", "365");
    pair("web", "-ext", "eku=serverAuth");
    pair("authority", "-ext", "bc:c");
    pair("member", "-signer", "authority");
    store = KeyStore.getInstance(keys.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
  }

  private static void pair(String alias, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
    words.addAll(List.of(more));
    keytool(words.toArray(new String[0]));
  }

  private static void keytool(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-noprompt", "-keystore", keys.resolve("keys.p12").toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  @BeforeEach
  void requireASignatureOfAcme() throws Exception {
    settings = folder.resolve("plugins.properties");
    demand("acme");
  }

  private void demand(String... aliases) throws Exception {
    StringBuilder certificates = new StringBuilder();
    for (String alias : aliases) {
      String body =
          Base64.getMimeEncoder().encodeToString(store.getCertificate(alias).getEncoded());
      certificates.append("-----BEGIN CERTIFICATE-----\n" + body);
      certificates.append("\n-----END CERTIFICATE-----\n");
    }
    Files.writeString(folder.resolve("signers.pem"), certificates);
    Files.writeString(settings, "signers = signers.pem\n");
  }

  private Optional<String> refusal(byte[] jar) {
    return new Signers(new PluginSettings(settings)).refusal(jar);
  }

  private static byte[] jar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.acme.note");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (String name : List.of("org/acme/Note.class", "OSGI-INF/note.xml")) {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private byte[] signedBy(String alias) throws Exception {
    return signedBy(alias, jar());
  }

  private byte[] signedBy(String alias, byte[] jar) throws Exception {
    KeyStore.PrivateKeyEntry entry =
        (KeyStore.PrivateKeyEntry)
            store.getEntry(alias, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
    Path unsigned = Files.write(folder.resolve("unsigned.jar"), jar);
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    try (ZipFile file = new ZipFile(unsigned.toFile())) {
      new JarSigner.Builder(entry).signerName(alias).build().sign(file, signed);
    }
    return signed.toByteArray();
  }

  /** A jar with one entry changed. */
  private static byte[] changed(byte[] jar, String name, UnaryOperator<String> change)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        if (entry.getName().equals(name)) {
          content =
              change
                  .apply(new String(content, StandardCharsets.ISO_8859_1))
                  .getBytes(StandardCharsets.ISO_8859_1);
        }
        put(out, entry.getName(), content);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] with(byte[] jar, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        put(out, entry.getName(), in.readAllBytes());
      }
      put(out, name, new byte[] {1});
    }
    return bytes.toByteArray();
  }

  private static void put(OutputStream out, String name, byte[] content) throws IOException {
    ZipOutputStream zip = (ZipOutputStream) out;
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  @Test
  void withoutConfiguredSignersNoSignatureIsRequired() throws Exception {
    Files.writeString(settings, "#signers = signers.pem\n");
    assertEquals(Optional.empty(), refusal(jar()));
    Files.delete(settings);
    assertEquals(Optional.empty(), refusal(jar()));
  }

  @Test
  void aJarSignedByAConfiguredSignerIsAccepted() throws Exception {
    assertEquals(Optional.empty(), refusal(signedBy("acme")));
    demand("other", "acme");
    assertEquals(Optional.empty(), refusal(signedBy("acme")));
  }

  @Test
  void aJarSignedWithACertificateOfAConfiguredIssuerIsAccepted() throws Exception {
    demand("authority");
    assertEquals(Optional.empty(), refusal(signedBy("member")));
  }

  @Test
  void anAdditionalSignatureByAnUnknownSignerIsIgnored() throws Exception {
    assertEquals(Optional.empty(), refusal(signedBy("acme", signedBy("other"))));
    assertEquals(Optional.empty(), refusal(signedBy("other", signedBy("acme"))));
  }

  @Test
  void aJarWithoutASignatureIsRefused() throws Exception {
    assertEquals(
        Optional.of("is not signed, but " + settings + " requires a signature"), refusal(jar()));
  }

  @Test
  void aJarSignedByAnUnknownSignerIsRefused() throws Exception {
    String expected =
        "is signed by CN=%s, which is not trusted ("
            + folder.resolve("signers.pem")
            + " lists the trusted signers)";
    assertEquals(Optional.of(expected.formatted("other")), refusal(signedBy("other")));
    assertEquals(Optional.of(expected.formatted("member")), refusal(signedBy("member")));
  }

  @Test
  void anEntryChangedAfterSigningIsDetected() throws Exception {
    byte[] jar = changed(signedBy("acme"), "org/acme/Note.class", text -> text + "!");
    String refusal = refusal(jar).orElseThrow();
    assertTrue(refusal.startsWith("was changed after it was signed: "), refusal);
    assertTrue(refusal.contains("org/acme/Note.class"), refusal);
  }

  @Test
  void aHeaderChangedAfterSigningIsDetected() throws Exception {
    byte[] jar =
        changed(
            signedBy("acme"),
            "META-INF/MANIFEST.MF",
            text -> text.replace("org.acme.note", "org.acme.evil"));
    String refusal = refusal(jar).orElseThrow();
    assertTrue(refusal.startsWith("was changed after it was signed: "), refusal);
  }

  @Test
  void anEntryAddedAfterSigningIsDetected() throws Exception {
    assertEquals(
        Optional.of("is only partly signed: org/acme/Evil.class is not signed"),
        refusal(with(signedBy("acme"), "org/acme/Evil.class")));
    assertEquals(
        Optional.of("is only partly signed: META-INF/services/org.acme.Evil is not signed"),
        refusal(with(signedBy("acme"), "META-INF/services/org.acme.Evil")));
  }

  private static byte[] without(byte[] jar, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().equals(name)) {
          put(out, entry.getName(), in.readAllBytes());
        }
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void anEntryRemovedAfterSigningIsDetected() throws Exception {
    Optional<String> expected =
        Optional.of("is not complete: org/acme/Note.class was removed after it was signed");
    byte[] jar = without(signedBy("acme"), "org/acme/Note.class");
    assertEquals(expected, refusal(jar));

    byte[] alsoFromTheManifest =
        changed(
            jar,
            "META-INF/MANIFEST.MF",
            text -> text.replaceFirst("Name: org/acme/Note.class\r\n([^\r]+\r\n)+\r\n", ""));
    assertTrue(alsoFromTheManifest.length < jar.length);
    assertTrue(refusal(alsoFromTheManifest).isPresent());
  }

  @Test
  void dataOutsideOfTheEntriesIsDetected() throws Exception {
    byte[] jar = signedBy("acme");
    assertEquals(Optional.empty(), ZipLayout.strayData(jar));
    byte[] other = jar();
    assertEquals(
        Optional.of("holds data before its entries, which no signature covers"),
        refusal(joined(other, jar)));
    assertEquals(
        Optional.of("holds data before its entries, which no signature covers"),
        refusal(joined("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), jar)));
    assertEquals(
        Optional.of("holds data after its entries, or a comment, which no signature covers"),
        refusal(joined(jar, new byte[] {1})));

    ByteBuffer shifted = ByteBuffer.wrap(joined(new byte[100], jar));
    shifted.order(ByteOrder.LITTLE_ENDIAN);
    int end = shifted.capacity() - 22;
    int central = shifted.getInt(end + 16) + 100;
    shifted.putInt(end + 16, central);
    for (int at = central; at < end; ) {
      shifted.putInt(at + 42, shifted.getInt(at + 42) + 100);
      at += 46 + shifted.getShort(at + 28) + shifted.getShort(at + 30) + shifted.getShort(at + 32);
    }
    assertEquals(
        Optional.of("holds data that belongs to no entry at byte 0, which no signature covers"),
        refusal(shifted.array()));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  @Test
  void aFileThatOnlyLooksLikeOneOfASignatureIsNotSigned() throws Exception {
    assertEquals(
        Optional.of("is only partly signed: META-INF/SIG-EVIL is not signed"),
        refusal(with(signedBy("acme"), "META-INF/SIG-EVIL")));
  }

  @Test
  void aMisspeltRepeatedOrEmptySettingRefusesAllJars() throws Exception {
    byte[] jar = signedBy("acme");
    for (String[] each :
        new String[][] {
          {"#\nsigner = signers.pem", ":2: signer: Unknown setting; did you mean signers?"},
          {"Signers = signers.pem", ":1: Signers: Unknown setting; did you mean signers?"},
          {"sigs=x", ":1: sigs: Unknown setting; valid settings are repositories, signers"},
          {"signers =", ":1: signers: The value is missing; remove the line for the default"},
          {"signers = # none", ""},
          {
            "signers=signers.pem\nsigners=",
            ":2: signers: The setting is a duplicate; remove one of them"
          },
          {
            "repositories=\nsigners=signers.pem",
            ":1: repositories: The value is missing; remove the line for the default"
          }
        }) {
      Files.writeString(settings, each[0] + "\n");
      String refusal = refusal(jar).orElseThrow();
      assertTrue(refusal.startsWith("cannot be verified: " + folder), refusal);
      assertTrue(refusal.contains(each[1]), refusal);
      assertTrue(refusal(jar()).isPresent());
    }
  }

  @Test
  void aSettingsFileWithAMisspeltNameOrABrokenLinkRefusesAllJars() throws Exception {
    Files.move(settings, folder.resolve("plugin.properties"));
    assertEquals(
        Optional.of(
            "cannot be verified: "
                + folder.resolve("plugin.properties")
                + ": Unknown configuration file; did you mean plugins.properties?"),
        refusal(jar()));

    Files.delete(folder.resolve("plugin.properties"));
    Files.createSymbolicLink(settings, folder.resolve("gone"));
    assertTrue(refusal(jar()).orElseThrow().startsWith("cannot be verified: "));
  }

  @Test
  void aTruncatedSignatureIsInvalid() throws Exception {
    byte[] jar =
        changed(signedBy("acme"), "META-INF/ACME.EC", text -> text.substring(text.length() / 2));
    assertTrue(refusal(jar).isPresent());
  }

  @Test
  void anExpiredCertificateOrOneForAnotherPurposeIsRejected() throws Exception {
    demand("old", "web");
    assertTrue(
        refusal(signedBy("old")).orElseThrow().contains("CN=old, whose certificate has expired"));
    assertTrue(
        refusal(signedBy("web"))
            .orElseThrow()
            .contains("CN=web, whose certificate is not for signing code"));
  }

  @Test
  void anUnreadableListOfSignersRefusesAllJars() throws Exception {
    Path signers = folder.resolve("signers.pem");
    Files.delete(signers);
    assertEquals(
        Optional.of(
            "cannot be verified: "
                + signers
                + ", which "
                + settings
                + " names as trusted signers, does not exist"),
        refusal(signedBy("acme")));
    for (String text : Arrays.asList("", "hello")) {
      Files.writeString(signers, text);
      String refusal = refusal(signedBy("acme")).orElseThrow();
      assertTrue(refusal.startsWith("cannot be verified: " + signers + " has "), refusal);
    }
  }

  @Test
  void signedIndexesAreRequiredOnlyWithSigners() throws Exception {
    Path file = folder.resolve("settings.properties");
    Signers signers = new Signers(new PluginSettings(file));
    Files.writeString(file, "repositories = /srv\n");
    assertEquals(SignerCheck.Indexes.UNVERIFIED, signers.indexes());
    Files.writeString(file, "signers = s.pem\n");
    assertEquals(SignerCheck.Indexes.SIGNED_IF_PRESENT, signers.indexes());
    Files.writeString(file, "signers = s.pem\nrequireSignedIndex = true\n");
    assertEquals(SignerCheck.Indexes.SIGNED, signers.indexes());
    for (String wrong :
        List.of("requireSignedIndex = true", "signers = s.pem\nrequireSignedIndex = yes")) {
      Files.writeString(file, wrong + "\n");
      String message = assertThrows(IOException.class, signers::indexes).getMessage();
      assertTrue(message.contains("requireSignedIndex: "), message);
    }
  }
}
