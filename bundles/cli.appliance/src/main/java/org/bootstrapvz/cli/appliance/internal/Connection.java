/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Options;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Which appliance to use, and with which token: the server that the options or the environment
 * name, with the token that belongs to it; otherwise the appliance on this machine, which needs no
 * token.
 */
final class Connection {
  static final String CA_FILE = "--ca-file";
  static final String SERVER_VARIABLE = "BOOTSTRAP_VZ_SERVER";
  private static final String SERVER = "--server";
  private static final String TOKEN_FILE = "--token-file";
  private static final String TOKEN_VARIABLE = "BOOTSTRAP_VZ_TOKEN";
  private static final String CA_VARIABLE = "BOOTSTRAP_VZ_CA_FILE";

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
    spec.addOption(
            Options.text(
                SERVER,
                "URL",
                "Address of the appliance (default: $BOOTSTRAP_VZ_SERVER, or the appliance on this"
                    + " machine)"))
        .addOption(
            Options.path(
                TOKEN_FILE,
                "FILE",
                "File containing the token for the server (default: $BOOTSTRAP_VZ_TOKEN, or the"
                    + " token of \"bootstrap-vz login\")"));
    return addAuthority(spec);
  }

  /** Adds the option that says which certificates to trust. */
  static CommandSpec addAuthority(CommandSpec spec) {
    return spec.addOption(
        Options.path(
            CA_FILE,
            "FILE",
            "CA certificate to trust, in PEM (default: $BOOTSTRAP_VZ_CA_FILE, or that of"
                + " \"bootstrap-vz login\", or those of Java)"));
  }

  /**
   * The client that the arguments ask for.
   *
   * @throws ApplianceException if there is no token for the server, or a file cannot be read
   */
  ApplianceClient client(ParseResult arguments) throws ApplianceException {
    Optional<String> address =
        Options.<String>value(arguments, SERVER).or(() -> variable(environment, SERVER_VARIABLE));
    return new ApplianceClient(
        address.isPresent()
            ? network(ServerAddress.parse(address.get()), arguments)
            : local(arguments));
  }

  private Transport local(ParseResult arguments) {
    for (String option : List.of(TOKEN_FILE, CA_FILE)) {
      if (Options.value(arguments, option).isPresent()) {
        throw new ParameterException(
            arguments.commandSpec().commandLine(),
            option
                + " requires --server; the appliance on this machine needs no token, but the user"
                + " that it runs as, or root");
      }
    }
    return new SocketTransport(state);
  }

  private Transport network(ServerAddress server, ParseResult arguments) throws ApplianceException {
    // Without a home directory, as in a service, a token may still be given.
    Optional<SavedServer> saved =
        SavedServers.hasDirectory(environment)
            ? SavedServers.of(environment).find(server)
            : Optional.empty();
    Optional<Path> authority =
        authority(environment, arguments).or(() -> saved.flatMap(SavedServer::authority));
    Optional<Secret> token = givenToken(server, arguments).or(() -> saved.map(SavedServer::token));
    if (token.isEmpty()) {
      throw new ApplianceException(
          "You are not logged in to "
              + server
              + ". Run: bootstrap-vz login "
              + server
              + ", or use --token-file=FILE");
    }
    return new HttpTransport(server, token.get(), authority);
  }

  /** Never an argument, which every user of the host could see. */
  private Optional<Secret> givenToken(ServerAddress server, ParseResult arguments)
      throws ApplianceException {
    Optional<Path> file = Options.value(arguments, TOKEN_FILE);
    if (file.isPresent()) {
      try {
        return Optional.of(AccessToken.of(Files.readString(file.get()), file.get().toString()));
      } catch (IOException e) {
        throw new ApplianceException("Cannot read the token: " + FileProblem.describe(e));
      }
    }
    Optional<String> token = variable(environment, TOKEN_VARIABLE);
    Optional<String> owner = variable(environment, SERVER_VARIABLE);
    if (token.isEmpty() || owner.isPresent() && !ServerAddress.parse(owner.get()).equals(server)) {
      return Optional.empty(); // or it belongs to the server of the environment
    }
    return Optional.of(AccessToken.of(token.get(), TOKEN_VARIABLE));
  }

  /** The file with the certificates to trust that the user names. */
  static Optional<Path> authority(Map<String, String> environment, ParseResult arguments) {
    return Options.<Path>value(arguments, CA_FILE)
        .or(() -> variable(environment, CA_VARIABLE).map(Path::of));
  }

  /** The value of an environment variable, unless it is blank. */
  static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
