/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Options;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Which appliance to use, and with which token: as the options say, otherwise the environment,
 * otherwise the appliance on this host, which writes both to its state directory.
 */
final class Connection {
  private static final String SERVER = "--server";
  private static final String TOKEN_FILE = "--token-file";
  private static final String CA_FILE = "--ca-file";
  private static final String DEFAULT_ADDRESS = "http://127.0.0.1:8484";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Map<String, String> environment;
  private final Path state;

  /**
   * A connection.
   *
   * @param state the state directory of an appliance on this host
   */
  Connection(Map<String, String> environment, Path state) {
    this.environment = environment;
    this.state = state;
  }

  /** Adds the options to a command. */
  static CommandSpec addOptions(CommandSpec spec) {
    return spec.addOption(
            Options.text(
                SERVER,
                "URL",
                "Address of the appliance (default: $BOOTSTRAP_VZ_SERVER, or the local appliance)"))
        .addOption(
            Options.path(
                TOKEN_FILE,
                "FILE",
                "File containing the token (default: $BOOTSTRAP_VZ_TOKEN, or the local appliance's"
                    + " token)"))
        .addOption(
            Options.path(
                CA_FILE,
                "FILE",
                "CA certificate to trust, in PEM (default: $BOOTSTRAP_VZ_CA_FILE, or those of"
                    + " Java)"));
  }

  /**
   * The client that the arguments ask for.
   *
   * @throws ApplianceException if there is no token, or a file cannot be read
   */
  ApplianceClient client(ParseResult arguments) throws ApplianceException {
    String address =
        Options.<String>value(arguments, SERVER)
            .or(() -> variable("BOOTSTRAP_VZ_SERVER"))
            .or(() -> content(state.resolve("address")))
            .orElse(DEFAULT_ADDRESS)
            .replaceFirst("/+$", "");
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT);
    Optional<Path> authority =
        Options.<Path>value(arguments, CA_FILE)
            .or(() -> variable("BOOTSTRAP_VZ_CA_FILE").map(Path::of));
    if (authority.isPresent()) {
      client.sslContext(TrustedIssuers.read(authority.get()));
    }
    return new ApplianceClient(address, token(arguments), client.build());
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The content of a file that may be missing or unreadable. */
  private static Optional<String> content(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Never an argument, which every user of the host could see. */
  private String token(ParseResult arguments) throws ApplianceException {
    Optional<Path> file = Options.value(arguments, TOKEN_FILE);
    if (file.isPresent()) {
      try {
        return Files.readString(file.get()).strip();
      } catch (IOException e) {
        throw new ApplianceException("Cannot read the token: " + FileProblem.describe(e));
      }
    }
    return variable("BOOTSTRAP_VZ_TOKEN")
        .or(() -> content(state.resolve("admin.token")))
        .orElseThrow(
            () ->
                new ApplianceException(
                    "A token is required: use --token-file=FILE, or set the environment variable"
                        + " BOOTSTRAP_VZ_TOKEN. The token of the local appliance is in "
                        + state.resolve("admin.token")
                        + ", which you may not be allowed to read"));
  }
}
