/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import aQute.bnd.osgi.repository.XMLResourceGenerator;
import aQute.bnd.osgi.repository.XMLResourceParser;
import aQute.bnd.osgi.resource.ResourceBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.repository.IndexSigning;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.api.repository.SignerCheck;
import org.bootstrapvz.api.value.Sha256;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.resource.Resource;

/** Reads indexes and caches those that come from the network. */
final class Indexes {
  private static final String INDEX = "index.xml";
  private static final long LARGEST = 64L << 20;
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(1);

  /** The timeout while planning: the user did not ask for network access. */
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration RECENT = Duration.ofDays(1);
  private static final Duration NOT_AGAIN = Duration.ofMinutes(5);

  private final Path copies;
  private final SignerCheck signers;
  private final SeenIndexes seen;
  private final Clock clock;
  private final Map<URI, Instant> unreachable = new ConcurrentHashMap<>();

  /**
   * @param copies the directory of the cache; need not exist or be writable
   */
  Indexes(Path copies, SignerCheck signers, Clock clock) {
    this.copies = copies;
    this.signers = signers;
    this.clock = clock;
    seen = new SeenIndexes(copies, clock);
  }

  /**
   * Reads indexes. If several list the same version of a bundle, the first one wins.
   *
   * @param warnings receives the reason if one of several cannot be read
   */
  List<IndexedBundle> read(List<String> addresses, Consumer<String> warnings)
      throws RepositoryException, IOException, InterruptedException {
    List<IndexedBundle> all = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String address : addresses) {
      try {
        all.addAll(read(RepositoryAddress.of(address), READ_TIMEOUT));
      } catch (RepositoryException e) {
        problems.add(e.getMessage());
      }
    }
    if (problems.size() == addresses.size()) {
      throw new RepositoryException(String.join("\n", problems));
    }
    problems.forEach(warnings);
    Set<String> seen = new HashSet<>();
    all.removeIf(bundle -> !seen.add(bundle.symbolicName() + "@" + bundle.version()));
    all.sort(Comparator.comparing(IndexedBundle::version).reversed());
    return all;
  }

  private List<IndexedBundle> read(RepositoryAddress address, Duration timeout)
      throws RepositoryException, IOException, InterruptedException {
    if (!address.isRemote()) {
      Path file = Path.of(address.uri());
      if (!Files.exists(file)) {
        throw new RepositoryException(
            "There is no index "
                + file
                + "; bootstrap-vz plugins index "
                + file.getParent()
                + " creates one");
      }
    }
    Path fetched = Files.createTempFile("bootstrap-vz", ".xml");
    try {
      fetch(address, fetched, timeout);
      List<IndexedBundle> bundles = parse(fetched, address);
      if (!address.isRemote()) {
        return bundles;
      }
      keep(fetched, address);
      return bundles;
    } finally {
      Files.deleteIfExists(fetched);
    }
  }

  /** Fetches an index and verifies its signature, if the configuration demands that. */
  private void fetch(RepositoryAddress address, Path target, Duration timeout)
      throws RepositoryException, IOException, InterruptedException {
    RepositorySource source = new RepositorySource(address);
    SignerCheck.Indexes policy = signers.indexes();
    if (policy == SignerCheck.Indexes.UNVERIFIED) {
      source.copy(address.uri(), target, LARGEST, timeout);
      return;
    }
    URI uri = address.uri().resolve(SignedIndex.name(lastName(address.uri())));
    String name = RepositoryAddress.shown(uri);
    Optional<SignedIndex> signed = signed(source, uri, timeout);
    if (signed.isEmpty()) {
      if (policy == SignerCheck.Indexes.SIGNED || seen.wasSigned(address)) {
        throw new RepositoryException(
            address
                + " is not signed: there is no "
                + name
                + (policy == SignerCheck.Indexes.SIGNED
                    ? ", which requireSignedIndex requires"
                    : ", which was there before")
                + ". Ask the publisher to run bootstrap-vz plugins index with --key and"
                + " --certificate");
      }
      source.copy(address.uri(), target, LARGEST, timeout);
      return;
    }
    String sha256 = source.copy(address.uri(), target, LARGEST, timeout);
    if (!sha256.equals(signed.get().sha256())) {
      // The publisher may have replaced both in the meantime.
      signed = signed(source, uri, timeout);
      sha256 = source.copy(address.uri(), target, LARGEST, timeout);
    }
    if (signed.isEmpty() || !sha256.equals(signed.get().sha256())) {
      throw new RepositoryException(
          address
              + " does not match "
              + name
              + ": the index was changed after it was signed; run bootstrap-vz plugins index again");
    }
    seen.accept(address, signed.get(), name);
  }

  private static String lastName(URI uri) {
    String path = uri.getRawPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Optional<SignedIndex> signed(RepositorySource source, URI uri, Duration timeout)
      throws RepositoryException, IOException, InterruptedException {
    Path file = Files.createTempFile("bootstrap-vz", ".signed");
    try {
      source.copy(uri, file, SignedIndex.MAX_BYTES, timeout);
      return Optional.of(
          SignedIndex.verified(
              Files.readString(file, StandardCharsets.ISO_8859_1),
              RepositoryAddress.shown(uri),
              signers));
    } catch (MissingFileException e) {
      return Optional.empty();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** A cached copy only makes messages more specific, so a failure to write it is ignored. */
  private void keep(Path fetched, RepositoryAddress address) {
    try {
      PrivateDirectory.create(copies);
      Files.copy(
          fetched,
          copy(address),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      // messages are less specific without a copy
    }
  }

  private Path copy(RepositoryAddress address) {
    byte[] name = address.uri().toString().getBytes(StandardCharsets.UTF_8);
    return copies.resolve(UUID.nameUUIDFromBytes(name) + ".xml");
  }

  /** Returns the content of an index that is available at little cost; never fails. */
  List<IndexedBundle> known(String text) {
    try {
      RepositoryAddress address = RepositoryAddress.of(text);
      if (address.isRemote() && !isRecent(copy(address)) && !failedLately(address)) {
        try {
          return read(address, LOOKUP_TIMEOUT);
        } catch (RepositoryException e) {
          unreachable.put(address.uri(), Instant.now());
        }
      }
      return parse(address.isRemote() ? copy(address) : Path.of(address.uri()), address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (RepositoryException | IOException e) {
      return List.of();
    }
  }

  private static boolean isRecent(Path copy) {
    try {
      return Files.getLastModifiedTime(copy).toInstant().isAfter(Instant.now().minus(RECENT));
    } catch (IOException e) {
      return false;
    }
  }

  private boolean failedLately(RepositoryAddress address) {
    return Optional.ofNullable(unreachable.get(address.uri()))
        .filter(time -> time.isAfter(Instant.now().minus(NOT_AGAIN)))
        .isPresent();
  }

  private static List<IndexedBundle> parse(Path file, RepositoryAddress address)
      throws RepositoryException, IOException {
    // An index may refer to others; with a depth of 0 that is an error, and nothing is requested.
    try (InputStream in = Files.newInputStream(file);
        XMLResourceParser parser =
            new XMLResourceParser(in, address.toString(), 0, new HashSet<>(), address.uri())) {
      List<Resource> resources = parser.parse();
      if (resources == null) {
        String errors = String.join("; ", parser.getErrors());
        throw noIndex(
            address,
            errors.contains("Too deep") ? "it refers to others; name those instead" : errors);
      }
      RepositorySource source = new RepositorySource(address);
      return resources.stream()
          .map(resource -> IndexedBundle.of(resource, source))
          .flatMap(Optional::stream)
          .toList();
    } catch (RepositoryException | NoSuchFileException e) {
      throw e;
    } catch (XMLStreamException e) {
      throw noIndex(
          address,
          e.getLocation() == null ? "it is not XML" : "line " + e.getLocation().getLineNumber());
    } catch (Exception e) { // declared by the parser
      throw noIndex(address, "it is not XML");
    }
  }

  private static RepositoryException noIndex(RepositoryAddress address, String reason) {
    return new RepositoryException(
        address
            + " is not an index of an OSGi repository ("
            + reason.replace(address + ": ", "")
            + "); bootstrap-vz plugins index DIRECTORY creates one");
  }

  /**
   * Writes the index of a directory atomically, and returns its content.
   *
   * @param signing empty if it is not signed
   * @param notes receives a sentence for each jar that is skipped
   */
  List<IndexedBundle> write(Path folder, Optional<IndexSigning> signing, Consumer<String> notes)
      throws RepositoryException, IOException {
    Path signed = folder.resolve(SignedIndex.name(INDEX));
    if (signing.isEmpty() && Files.exists(signed)) {
      throw new RepositoryException(
          "The index of "
              + folder
              + " is signed; sign it again with --key and --certificate, or delete "
              + signed);
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[!.]*.jar")) {
      found.forEach(jars::add);
    } catch (NotDirectoryException | NoSuchFileException e) {
      throw new RepositoryException(folder + " is not a directory");
    }
    jars.sort(Comparator.naturalOrder());
    XMLResourceGenerator generator =
        new XMLResourceGenerator()
            .name(String.valueOf(folder.toAbsolutePath().normalize().getFileName()))
            .increment(0);
    for (Path jar : jars) {
      bundle(jar)
          .ifPresentOrElse(
              generator::resource,
              () ->
                  notes.accept(
                      jar
                          + " is skipped: it is not a bundle, or it is a fragment, or it was copied only in part"));
    }
    Path written = Files.createTempFile(folder, ".index", ".xml");
    try {
      generator.save(written.toFile());
      Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));
      Path index = folder.resolve(INDEX);
      Optional<String> signature =
          signing.isPresent()
              ? Optional.of(sign(written, signed, signing.get()))
              : Optional.empty();
      DurableFile.move(written, index);
      if (signature.isPresent()) {
        DurableFile.replace(signed, signature.get());
        Files.setPosixFilePermissions(signed, PosixFilePermissions.fromString("rw-r--r--"));
      }
      return parse(index, RepositoryAddress.of(index.toString()));
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** The statement about an index, with the number after that of the previous one. */
  private String sign(Path index, Path previous, IndexSigning signing)
      throws RepositoryException, IOException {
    long number = Files.exists(previous) ? previousNumber(previous) : 0;
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return SignedIndex.write(number + 1, now, Sha256.of(Files.readAllBytes(index)), signing);
  }

  private static long previousNumber(Path file) throws RepositoryException, IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    long number = SignedIndex.numberOf(text);
    if (number < 1) {
      throw new RepositoryException(
          file
              + " is damaged, so the number of the previous index is not known; restore it from a"
              + " backup. Clients refuse a number that is not greater");
    }
    return number;
  }

  /** The capabilities and requirements of a jar; empty if it cannot be deployed. */
  private static Optional<Resource> bundle(Path jar) {
    try {
      ResourceBuilder builder = new ResourceBuilder();
      boolean named =
          builder.addFile(jar.toFile(), new URI(null, jar.getFileName().toString(), null));
      return Optional.<Resource>of(builder.build())
          .filter(resource -> named)
          .filter(resource -> resource.getRequirements(HostNamespace.HOST_NAMESPACE).isEmpty());
    } catch (Exception e) { // declared by the parser
      return Optional.empty();
    }
  }
}
