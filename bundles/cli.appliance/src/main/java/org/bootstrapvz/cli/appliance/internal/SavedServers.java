/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.cli.FileProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The servers to which the user is logged in, in a file that only the user can read. */
final class SavedServers {
  private static final String SERVERS = "servers";
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;
  private final JsonMapper json = JsonMapper.shared();

  SavedServers(Path file) {
    this.file = file;
  }

  /** Those of the user, in the directory for configuration of the XDG specification. */
  static SavedServers of(Map<String, String> environment) throws ApplianceException {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (!hasDirectory(environment)) {
      throw new ApplianceException(
          "The environment variables XDG_CONFIG_HOME and HOME name no directory for the tokens");
    }
    Path directory =
        configured.startsWith("/") ? Path.of(configured) : Path.of(home).resolve(".config");
    return new SavedServers(directory.resolve("bootstrap-vz").resolve("servers.json"));
  }

  /** Whether the environment names a directory for them. */
  static boolean hasDirectory(Map<String, String> environment) {
    return environment.getOrDefault("XDG_CONFIG_HOME", "").startsWith("/")
        || environment.getOrDefault("HOME", "").startsWith("/");
  }

  /** The server with an address. */
  Optional<SavedServer> find(ServerAddress address) throws ApplianceException {
    return Optional.ofNullable(all().get(address));
  }

  /** All, sorted by address. */
  SortedMap<ServerAddress, SavedServer> all() throws ApplianceException {
    try {
      if (Files.notExists(file)) {
        return new TreeMap<>();
      }
      checkPrivate();
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return new TreeMap<>();
    } catch (IOException e) {
      throw new ApplianceException("Cannot read the tokens: " + FileProblem.describe(e));
    }
  }

  private void checkPrivate() throws IOException, ApplianceException {
    boolean shared =
        Files.getPosixFilePermissions(file).stream()
            .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
    if (shared) {
      throw new ApplianceException(
          "Other users can read the tokens in "
              + file
              + ". Run: chmod 600 "
              + file
              + ", and have the tokens replaced");
    }
    if (!CurrentUser.isTrusted(Files.getOwner(file))) {
      throw new ApplianceException(
          file + " belongs to " + Files.getOwner(file).getName() + " and is not used");
    }
  }

  /** Malformed entries are errors: a token must not get lost unnoticed at the next change. */
  private SortedMap<ServerAddress, SavedServer> parse(String content) throws ApplianceException {
    SortedMap<ServerAddress, SavedServer> servers = new TreeMap<>();
    try {
      for (Map.Entry<String, JsonNode> entry : json.readTree(content).path(SERVERS).properties()) {
        ServerAddress address = ServerAddress.parse(entry.getKey());
        JsonNode server = entry.getValue();
        servers.put(
            address,
            new SavedServer(
                address,
                AccessToken.of(text(server, "token"), "The token of " + address + " in " + file),
                text(server, "user"),
                text(server, "role"),
                Optional.of(text(server, "caFile")).filter(name -> !name.isEmpty()).map(Path::of)));
      }
      return servers;
    } catch (JacksonException e) {
      throw new ApplianceException(file + " is not valid JSON; correct it or delete it");
    }
  }

  /** Adds a server, or replaces that with the same address. */
  void put(SavedServer server) throws ApplianceException {
    change(
        servers -> {
          servers.put(server.address(), server);
          return servers;
        });
  }

  /** Removes a server; false if there is none with this address. */
  boolean remove(ServerAddress address) throws ApplianceException {
    if (find(address).isEmpty()) {
      return false;
    }
    change(
        servers -> {
          servers.remove(address);
          return servers;
        });
    return true;
  }

  /** One process changes the file at a time. */
  private void change(UnaryOperator<SortedMap<ServerAddress, SavedServer>> change)
      throws ApplianceException {
    try {
      Files.createDirectories(file.getParent(), PRIVATE_DIRECTORY);
      try (FileChannel channel =
              FileChannel.open(
                  file.resolveSibling("servers.lock"),
                  Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                  PRIVATE_FILE);
          FileLock lock = channel.lock()) {
        if (lock.isValid()) {
          DurableFile.replace(file, document(change.apply(all())));
        }
      }
    } catch (IOException e) {
      throw new ApplianceException("Cannot store the token: " + FileProblem.describe(e));
    }
  }

  private String document(SortedMap<ServerAddress, SavedServer> servers) {
    ObjectNode members = json.createObjectNode();
    servers.forEach(
        (address, server) -> {
          ObjectNode member = json.createObjectNode();
          member.put("user", server.user()).put("role", server.role());
          member.put("token", server.token().reveal());
          server.authority().ifPresent(path -> member.put("caFile", path.toString()));
          members.set(address.toString(), member);
        });
    return json.createObjectNode().set(SERVERS, members).toPrettyString() + "\n";
  }
}
