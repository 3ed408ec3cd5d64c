/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.init;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.ProblemReport;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Writes a manifest to start with. */
@Component
@CommandDefinition(
    name = "init",
    summary = "Write a manifest for an image that boots and lets its user in",
    category = CommandCategory.MANIFESTS,
    order = 0)
public final class InitCommand implements Command {
  private static final String PROVIDER = "--provider";
  private static final String RELEASE = "--release";
  private static final String ARCHITECTURE = "--architecture";
  private static final String SIZE = "--size";
  private static final String USER = "--user";
  private static final String KEY = "--ssh-key";
  private static final String PASSWORD = "--password";
  private static final String FORCE = "--force";

  private static final List<String> KEYS = List.of("id_ed25519.pub", "id_ecdsa.pub", "id_rsa.pub");
  private static final Pattern USER_NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
  private static final Pattern CODE_NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final Supplier<Planner> planner;
  private final Supplier<Machine> machine;

  /** Called by the container. */
  @Activate
  public InitCommand(
      @Reference ComponentServiceObjects<Planner> planners,
      @Reference ComponentServiceObjects<Machine> machines) {
    this(planners::getService, machines::getService);
  }

  /**
   * A command that uses this planner.
   *
   * @param machine the machine that would build the image
   */
  public static InitCommand of(Supplier<Planner> planner, Supplier<Machine> machine) {
    return new InitCommand(planner, machine);
  }

  private InitCommand(Supplier<Planner> planner, Supplier<Machine> machine) {
    this.planner = planner;
    this.machine = machine;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(Operands.path(0, "MANIFEST", "The manifest to write"))
            .addOption(
                Options.choice(PROVIDER, Platform.class, "Platform of the image (default: kvm)"))
            .addOption(Options.text(RELEASE, "NAME", "Release of Debian (default: trixie)"))
            .addOption(
                Options.text(ARCHITECTURE, "A", "Architecture (default: that of this machine)"))
            .addOption(Options.text(SIZE, "SIZE", "Size of the root filesystem (default: 2GiB)"))
            .addOption(Options.text(USER, "NAME", "Name of the user (default: your own)"))
            .addOption(
                Options.path(KEY, "FILE", "Public SSH key of the user (default: yours in ~/.ssh)"))
            .addOption(
                Options.flag(
                    PASSWORD, "Log in with a password, which a build gets from a secret variable"))
            .addOption(Options.flag(FORCE, "Replace the manifest if it exists"));
    spec.usageMessage().description("On a terminal, it asks for what the options do not say.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Path file = Operands.value(arguments, 0);
    if (!String.valueOf(file.getFileName()).matches(".*\\.ya?ml")) {
      throw wrong(arguments, "The name of the manifest ends in .yml or .yaml");
    }
    NewManifest manifest = manifest(file, arguments, new Questions(terminal), terminal);
    try {
      write(file, manifest.text(), Options.has(arguments, FORCE));
    } catch (IOException e) {
      terminal
          .err()
          .println(
              Style.of(Style.Mode.AUTO, terminal)
                  .error(
                      "Cannot write "
                          + FileProblem.describe(e)
                          + (e instanceof FileAlreadyExistsException
                              ? ". Use --force to replace it"
                              : "")));
      return ExitStatus.INPUT;
    }
    return check(manifest, terminal);
  }

  private NewManifest manifest(
      Path file, ParseResult arguments, Questions questions, Terminal terminal) {
    Platform platform =
        Options.<Platform>value(arguments, PROVIDER)
            .orElseGet(
                () ->
                    platform(
                            questions.ask(
                                "Platform: kvm or docker",
                                "kvm",
                                word ->
                                    platform(word).isPresent()
                                        ? Optional.empty()
                                        : Optional.of("Write kvm or docker")))
                        .orElseThrow());
    String release =
        text(
            arguments,
            RELEASE,
            questions,
            "Release of Debian",
            "trixie",
            name ->
                CODE_NAME.matcher(name).matches()
                    ? Optional.empty()
                    : Optional.of("A code name has lower-case letters, digits and dashes"));
    String architecture =
        text(
            arguments,
            ARCHITECTURE,
            questions,
            "Architecture",
            machine.get().architecture(),
            name ->
                CODE_NAME.matcher(name).matches()
                    ? Optional.empty()
                    : Optional.of("Write amd64, arm64 or another name of Debian"));
    String size =
        text(arguments, SIZE, questions, "Size of the root filesystem", "2GiB", InitCommand::size);
    return new NewManifest(
        file,
        platform,
        release,
        architecture,
        size,
        login(platform, arguments, questions, terminal));
  }

  private Login login(
      Platform platform, ParseResult arguments, Questions questions, Terminal terminal) {
    if (platform == Platform.DOCKER) {
      return new Login.Container();
    }
    String user =
        text(
            arguments,
            USER,
            questions,
            "Name of the user",
            userName(terminal),
            name ->
                USER_NAME.matcher(name).matches()
                    ? Optional.empty()
                    : Optional.of("A name has lower-case letters, digits, dashes and underscores"));
    if (Options.has(arguments, PASSWORD)) {
      return new Login.Password(user);
    }
    Optional<Path> given = Options.value(arguments, KEY);
    Optional<Path> key = given.or(() -> ownKey(terminal));
    if (given.isEmpty() && terminal.asks()) {
      String answer =
          questions.ask(
              "Public SSH key of the user, or - to log in with a password",
              key.map(Path::toString).orElse("-"),
              path ->
                  path.equals("-") || Files.isReadable(Path.of(path))
                      ? Optional.empty()
                      : Optional.of("There is no file " + path));
      key = Optional.of(answer).filter(path -> !path.equals("-")).map(Path::of);
      if (key.isEmpty()) {
        return new Login.Password(user);
      }
    }
    Path file =
        key.orElseThrow(
            () ->
                wrong(
                    arguments,
                    "There is no public SSH key in ~/.ssh. Name one with --ssh-key, or use"
                        + " --password"));
    if (!Files.isReadable(file)) {
      throw wrong(arguments, "There is no file " + file + " to be read as a public SSH key");
    }
    return new Login.Key(user, file.toAbsolutePath().normalize());
  }

  private static String text(
      ParseResult arguments,
      String option,
      Questions questions,
      String question,
      String initial,
      Function<String, Optional<String>> problem) {
    Optional<String> given = Options.value(arguments, option);
    String value = given.orElseGet(() -> questions.ask(question, initial, problem));
    problem
        .apply(value)
        .ifPresent(
            text -> {
              throw wrong(arguments, "\"" + value + "\" is not valid for " + option + ". " + text);
            });
    return value;
  }

  private static Optional<Platform> platform(String word) {
    return Stream.of(Platform.values()).filter(each -> each.provider().equals(word)).findFirst();
  }

  private static Optional<String> size(String text) {
    try {
      return Bytes.parse(text).count() > 0
          ? Optional.empty()
          : Optional.of("Write a size such as 2GiB");
    } catch (IllegalArgumentException e) {
      return Optional.of("Write a size such as 2GiB");
    }
  }

  /** The name of the user who calls, unless it is root, who is in every image. */
  private static String userName(Terminal terminal) {
    String name = terminal.environment().getOrDefault("USER", "").toLowerCase(Locale.ROOT);
    return USER_NAME.matcher(name).matches() && !name.equals("root") ? name : "admin";
  }

  private static Optional<Path> ownKey(Terminal terminal) {
    String home = terminal.environment().getOrDefault("HOME", "");
    return home.isEmpty()
        ? Optional.empty()
        : KEYS.stream()
            .map(name -> Path.of(home, ".ssh", name))
            .filter(Files::isReadable)
            .findFirst();
  }

  private static ParameterException wrong(ParseResult arguments, String message) {
    return new ParameterException(arguments.commandSpec().commandLine(), message);
  }

  private static void write(Path file, String text, boolean force) throws IOException {
    if (force) {
      Files.writeString(file, text);
    } else {
      Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }
  }

  /** Plans the manifest, except for its password, which it does not have. */
  private int check(NewManifest manifest, Terminal terminal) {
    boolean secret = manifest.login() instanceof Login.Password;
    Planning planning =
        planner
            .get()
            .plan(
                ManifestSource.of(manifest.file())
                    .withEnvironment(
                        secret
                            ? Map.of("BOOTSTRAP_VZ_VAR_PASSWORD", "not the password")
                            : Map.of()));
    new ProblemReport(terminal).print(planning.problems());
    if (planning.problems().stream()
        .anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)) {
      terminal
          .err()
          .println(
              Style.of(Style.Mode.AUTO, terminal)
                  .error(manifest.file() + " has errors; please correct them"));
      return ExitStatus.INPUT;
    }
    terminal.out().println("Written: " + manifest.file() + ". To build it, run:");
    terminal
        .out()
        .println(
            "  "
                + (secret ? "BOOTSTRAP_VZ_VAR_PASSWORD=… " : "")
                + "bootstrap-vz build "
                + manifest.file());
    return ExitStatus.DONE;
  }
}
