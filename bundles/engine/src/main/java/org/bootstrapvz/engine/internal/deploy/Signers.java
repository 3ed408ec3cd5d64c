/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.bootstrapvz.api.repository.SignerCheck;
import org.bootstrapvz.api.value.PemCertificates;

/**
 * Verifies the signature of a jar, if the configuration names trusted certificates: every entry
 * must be signed with one of them, or with a certificate issued by one of them; no entry that was
 * signed may be missing, and the file may hold nothing else. Time stamps are ignored, since no time
 * stamp authority is configured; so a certificate must be valid now.
 */
final class Signers implements SignerCheck {
  private static final String SIGNING_CODE = "1.3.6.1.5.5.7.3.3";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private final PluginSettings settings;

  Signers(PluginSettings settings) {
    this.settings = settings;
  }

  /** Why a jar is refused, as the end of a sentence; empty if it is not. */
  Optional<String> refusal(byte[] content) {
    try {
      Optional<Path> demanded = settings.signers();
      if (demanded.isEmpty()) {
        return Optional.empty();
      }
      Path file = demanded.get();
      List<X509Certificate> trusted = PemCertificates.read(file);
      // Verifies the content that will be installed, since the file may change in the meantime.
      Path copy = Files.createTempFile("bootstrap-vz", ".jar");
      try {
        Files.write(copy, content);
        return refusal(content, copy, trusted, file);
      } finally {
        Files.delete(copy);
      }
    } catch (NoSuchFileException e) {
      return Optional.of(
          "cannot be verified: " + e.getFile() + ", which " + demand() + ", does not exist");
    } catch (IOException | CertificateException e) {
      return Optional.of("cannot be verified: " + e.getMessage());
    }
  }

  @Override
  public Indexes indexes() throws IOException {
    boolean required = settings.requireSignedIndex();
    if (settings.signers().isEmpty()) {
      return Indexes.UNVERIFIED;
    }
    return required ? Indexes.SIGNED : Indexes.SIGNED_IF_PRESENT;
  }

  @Override
  public Optional<String> distrust(List<X509Certificate> path) throws IOException {
    Optional<Path> file = settings.signers();
    if (file.isEmpty()) {
      return Optional.of("which is not trusted: no signers are configured");
    }
    try {
      return distrust(path, PemCertificates.read(file.get()))
          .map(reason -> reason + " (" + file.get() + " lists the trusted signers)");
    } catch (CertificateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private String demand() {
    return settings.file() + " names as trusted signers";
  }

  private Optional<String> refusal(
      byte[] content, Path copy, List<X509Certificate> trusted, Path file) throws IOException {
    Optional<String> stray = ZipLayout.strayData(content);
    if (stray.isPresent()) {
      return stray;
    }
    Set<String> names = new HashSet<>();
    Set<String> listed = new TreeSet<>();
    boolean signed = false;
    List<String> unsigned = new ArrayList<>();
    String distrust = "";
    try (JarFile jar = new JarFile(copy.toFile(), true)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (!names.add(entry.getName())) {
          return Optional.of("has the entry " + entry.getName() + " twice");
        }
        if (isOfSignature(entry.getName())) {
          listed.addAll(listed(jar, entry));
          continue;
        }
        if (entry.isDirectory() && entry.getSize() == 0) {
          continue;
        }
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo(
              OutputStream.nullOutputStream()); // a signer is only known for entries that were read
        }
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null) {
          unsigned.add(entry.getName());
          continue;
        }
        signed = true;
        if (distrust.isEmpty()) {
          distrust = distrust(signers, trusted);
        }
      }
    } catch (SecurityException e) {
      return Optional.of("was changed after it was signed: " + e.getMessage());
    }
    if (!signed) {
      return Optional.of("is not signed, but " + settings.file() + " requires a signature");
    }
    if (!unsigned.isEmpty()) {
      return Optional.of("is only partly signed: " + unsigned.get(0) + " is not signed");
    }
    listed.removeAll(names);
    if (!listed.isEmpty()) {
      return Optional.of(
          "is not complete: " + listed.iterator().next() + " was removed after it was signed");
    }
    return distrust.isEmpty()
        ? Optional.empty()
        : Optional.of("is signed by " + distrust + " (" + file + " lists the trusted signers)");
  }

  /** The files of a signature, which cannot be signed themselves. */
  private static boolean isOfSignature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals(JarFile.MANIFEST_NAME) || upper.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
  }

  /**
   * The entries that a manifest or the file of a signature lists with a digest. Who removes an
   * entry can remove it from the manifest, but not from the signature.
   */
  private static Set<String> listed(JarFile jar, JarEntry entry) throws IOException {
    Set<String> listed = new TreeSet<>();
    if (entry.getName().toUpperCase(Locale.ROOT).matches("META-INF/([^/]+\\.SF|MANIFEST\\.MF)")) {
      try (InputStream in = jar.getInputStream(entry)) {
        new Manifest(in)
            .getEntries()
            .forEach(
                (name, attributes) -> {
                  if (attributes.keySet().stream()
                      .anyMatch(
                          each -> each.toString().toUpperCase(Locale.ROOT).contains("-DIGEST"))) {
                    listed.add(name);
                  }
                });
      }
    }
    return listed;
  }

  /** Empty if one of the signers is trusted; otherwise each signer with the reason. */
  private static String distrust(CodeSigner[] signers, List<X509Certificate> trusted) {
    List<String> reasons = new ArrayList<>();
    for (CodeSigner signer : signers) {
      List<X509Certificate> path =
          signer.getSignerCertPath().getCertificates().stream()
              .map(X509Certificate.class::cast)
              .toList();
      Optional<String> reason = distrust(path, trusted);
      if (reason.isEmpty()) {
        return "";
      }
      reasons.add(path.get(0).getSubjectX500Principal().getName() + ", " + reason.get());
    }
    return String.join("; ", reasons);
  }

  private static Optional<String> distrust(
      List<X509Certificate> path, List<X509Certificate> trusted) {
    try {
      X509Certificate signer = path.get(0);
      signer.checkValidity();
      List<String> purposes = signer.getExtendedKeyUsage();
      if (purposes != null && Collections.disjoint(purposes, Set.of(SIGNING_CODE, ANY_PURPOSE))) {
        return Optional.of("whose certificate is not for signing code");
      }
      if (trusted.contains(signer)) {
        return Optional.empty();
      }
      Set<TrustAnchor> anchors =
          trusted.stream().map(each -> new TrustAnchor(each, null)).collect(Collectors.toSet());
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      CertPathValidator.getInstance("PKIX")
          .validate(
              factory.generateCertPath(
                  path.stream().takeWhile(each -> !trusted.contains(each)).toList()),
              parameters);
      return Optional.empty();
    } catch (CertificateExpiredException e) {
      return Optional.of("whose certificate has expired");
    } catch (GeneralSecurityException e) {
      return Optional.of("which is not trusted");
    }
  }
}
