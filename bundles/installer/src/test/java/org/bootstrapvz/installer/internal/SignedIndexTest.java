/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.repository.IndexSigning;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.api.repository.SignerCheck;
import org.bootstrapvz.testkit.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository whose server or network an attacker controls. */
class SignedIndexTest {
  @TempDir private static Path keys;
  private static X509Certificate certificate;

  @TempDir private Path folder;
  private Path plugins;
  private FileServer server;
  private Clock clock = Clock.systemUTC();
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    server = new FileServer(plugins);
  }

  @BeforeAll
  static void makeKeys() throws Exception {
    certificate = TestCertificate.make(keys, "publisher", "EC").certificate();
    TestCertificate.make(keys, "stranger", "EC");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Optional<IndexSigning> signing(String name) {
    return Optional.of(
        new IndexSigning(
            keys.resolve(name + ".crt"), keys.resolve(name + ".key"), Duration.ofDays(30)));
  }

  private Indexes indexes(SignerCheck.Indexes policy) {
    return new Indexes(
        folder.resolve("state"), new TestSigners(policy, List.of(certificate)), clock);
  }

  /** The publisher adds a version and writes the index. */
  private void publish(String version) throws Exception {
    publish(version, signing("publisher"));
  }

  private void publish(String version, Optional<IndexSigning> signing) throws Exception {
    Sample.plugin("sign", version).in(plugins);
    indexes(SignerCheck.Indexes.SIGNED).write(plugins, signing, warnings::add);
  }

  private int read(SignerCheck.Indexes policy) throws Exception {
    return indexes(policy).read(List.of(server.address()), warnings::add).size();
  }

  private String refusal(SignerCheck.Indexes policy) {
    return assertThrows(RepositoryException.class, () -> read(policy)).getMessage();
  }

  private String refusal() {
    return refusal(SignerCheck.Indexes.SIGNED);
  }

  private Path file(String name) {
    return plugins.resolve(name);
  }

  /** What the attacker keeps, to offer it again later. */
  private Path keep() throws Exception {
    Path kept = Files.createTempDirectory(folder, "kept");
    for (String name : List.of("index.xml", "index.signed")) {
      Files.copy(file(name), kept.resolve(name));
    }
    return kept;
  }

  private void offerAgain(Path kept) throws Exception {
    for (String name : List.of("index.xml", "index.signed")) {
      Files.copy(kept.resolve(name), file(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void aSignedIndexIsUsedAndANewerOneReplacesIt() throws Exception {
    publish("1.0.0");
    assertEquals(1, read(SignerCheck.Indexes.SIGNED));
    assertEquals(1, read(SignerCheck.Indexes.SIGNED));
    publish("1.1.0");
    assertEquals(2, read(SignerCheck.Indexes.SIGNED));
    assertTrue(Files.readString(file("index.signed")).contains("\nnumber: 2\n"));
  }

  @Test
  void anOlderIndexIsRefusedAfterANewerOneWasSeen() throws Exception {
    publish("1.0.0");
    Path old = keep();
    publish("1.1.0");
    assertEquals(2, read(SignerCheck.Indexes.SIGNED));
    offerAgain(old);

    String refusal = refusal();
    assertTrue(
        refusal.contains("index.signed is older than one that was used: it has number 1 of"),
        refusal);
    assertTrue(
        refusal.contains("If the publisher has started again, delete " + folder.resolve("state")),
        refusal);
    assertEquals(refusal, refusal(SignerCheck.Indexes.SIGNED_IF_PRESENT));
  }

  @Test
  void anotherIndexWithTheSameNumberIsRefused() throws Exception {
    publish("1.0.0");
    read(SignerCheck.Indexes.SIGNED);
    Files.delete(file("index.signed"));
    clock = Clock.offset(clock, Duration.ofMinutes(1));
    publish("1.1.0");

    String refusal = refusal();
    assertTrue(
        refusal.contains("index.signed has number 1, like another one that was used"), refusal);
  }

  @Test
  void anExpiredIndexIsRefusedSoThatUpdatesCannotBeWithheldForEver() throws Exception {
    publish("1.0.0");
    read(SignerCheck.Indexes.SIGNED);
    clock = Clock.offset(clock, Duration.ofDays(31));

    String refusal = refusal();
    assertTrue(refusal.contains("index.signed expired on "), refusal);
    assertTrue(
        refusal.contains("Ask the publisher to run bootstrap-vz plugins index again"), refusal);
  }

  @Test
  void anIndexFromTheFutureIsRefusedAndNotRemembered() throws Exception {
    Clock now = clock;
    clock = Clock.offset(now, Duration.ofDays(10));
    publish("1.0.0");
    clock = now;
    String refusal = refusal();
    assertTrue(refusal.contains("; check the clock of this machine"), refusal);
    publish("1.1.0");
    assertEquals(2, read(SignerCheck.Indexes.SIGNED));
  }

  @Test
  void aSignatureThatIsGoneIsNoticed() throws Exception {
    publish("1.0.0");
    read(SignerCheck.Indexes.SIGNED_IF_PRESENT);
    Files.delete(file("index.signed"));

    String before = refusal(SignerCheck.Indexes.SIGNED_IF_PRESENT);
    assertTrue(before.contains("index.signed, which was there before"), before);
    assertTrue(refusal().contains("index.signed, which requireSignedIndex requires"), refusal());
  }

  @Test
  void changedIndexesAndSignaturesAreRefused() throws Exception {
    publish("1.0.0");
    String index = Files.readString(file("index.xml"));
    Files.writeString(file("index.xml"), index.replace("1.0.0", "9.0.0"));
    assertTrue(refusal().contains("the index was changed after it was signed"), refusal());
    Files.writeString(file("index.xml"), index);

    String signed = Files.readString(file("index.signed"));
    Files.writeString(file("index.signed"), signed.replace("number: 1", "number: 9"));
    assertTrue(refusal().contains("index.signed was changed after it was signed"), refusal());
    for (String damaged :
        List.of(
            "", "x", signed.replace("signature", "sig"), signed.replaceAll("expires.*\n", ""))) {
      Files.writeString(file("index.signed"), damaged);
      assertTrue(refusal().contains("index.signed"), refusal());
    }
    Files.writeString(file("index.signed"), signed);
    assertEquals(1, read(SignerCheck.Indexes.SIGNED));
  }

  @Test
  void aSignerWhoIsNotTrustedIsNamed() throws Exception {
    publish("1.0.0", signing("stranger"));
    assertTrue(refusal().contains("is signed by CN=stranger, which is not trusted"), refusal());
  }

  @Test
  void withoutASignatureARepositoryWorksUnlessTheConfigurationRequiresOne() throws Exception {
    publish("1.0.0", Optional.empty());
    assertEquals(1, read(SignerCheck.Indexes.UNVERIFIED));
    assertEquals(1, read(SignerCheck.Indexes.SIGNED_IF_PRESENT));
    assertTrue(refusal().contains("is not signed: there is no "), refusal());
    assertFalse(server.requests.isEmpty());
  }

  @Test
  void aSignedIndexIsNotReplacedByAnUnsignedOneByMistake() throws Exception {
    publish("1.0.0");
    String before = Files.readString(file("index.xml"));
    String message =
        assertThrows(RepositoryException.class, () -> publish("1.1.0", Optional.empty()))
            .getMessage();
    assertTrue(message.contains("sign it again with --key and --certificate, or delete "), message);
    assertEquals(before, Files.readString(file("index.xml")));
  }

  @Test
  void aDirectoryIsVerifiedLikeAServer() throws Exception {
    publish("1.0.0");
    Path old = keep();
    publish("1.1.0");
    Indexes indexes = indexes(SignerCheck.Indexes.SIGNED);
    assertEquals(2, indexes.read(List.of(plugins.toString()), warnings::add).size());
    offerAgain(old);
    String refusal =
        assertThrows(
                RepositoryException.class,
                () -> indexes.read(List.of(plugins.toString()), warnings::add))
            .getMessage();
    assertTrue(
        refusal.startsWith(file("index.signed") + " is older than one that was used"), refusal);
  }
}
