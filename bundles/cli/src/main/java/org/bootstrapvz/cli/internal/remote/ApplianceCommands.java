/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.remote;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Option;
import org.bootstrapvz.cli.internal.arguments.Syntax;
import org.bootstrapvz.cli.internal.arguments.UsageException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that ask an appliance. */
public final class ApplianceCommands {
  private static final String BUILDS = "/api/v1/builds";
  private static final String TOKENS = "/api/v1/tokens";
  private static final String JSON = "application/json";

  private static final Option<Boolean> WAIT =
      Option.flag("--wait", "Return when the build has ended, with the exit status of build");
  private static final Option<Integer> PRIORITY =
      Option.number("--priority", "N", -100, 100, "The higher, the sooner; 0 without it");
  private static final Option<Boolean> FOLLOW =
      Option.flag("-f", "Go on until the build has ended");
  private static final Option<String> STATE =
      Option.text("--state", "STATE", "Only builds in this state; several separated by commas");
  private static final Option<Integer> LIMIT =
      Option.number("--limit", "N", 1, 10_000, "How many; 20 without it");
  private static final Option<String> OUTPUT =
      Option.text("--output", "FOLDER", "Put them there, not into the current folder");
  private static final Option<String> ROLE =
      Option.text("--role", "ROLE", "viewer, builder or admin");

  private static final Syntax SUBMIT =
      syntax("submit", "MANIFEST", "Has an appliance build a manifest", WAIT, PRIORITY);
  private static final Syntax LIST =
      syntax("builds", "", "Lists the builds of an appliance, newest first", STATE, LIMIT);
  private static final Syntax SHOW = syntax("show", "ID", "Shows a build of an appliance");
  private static final Syntax LOG = syntax("log", "ID", "Shows the log of a build", FOLLOW);
  private static final Syntax CANCEL = syntax("cancel", "ID", "Cancels a build");
  private static final Syntax RETRY =
      syntax("retry", "ID", "Submits the manifest of a build that has ended once more", WAIT);
  private static final Syntax ARTEFACTS = syntax("artefacts", "ID", "Lists what a build delivered");
  private static final Syntax FETCH =
      syntax("fetch", "ID", "Takes what a build delivered, and checks it", OUTPUT);
  private static final Syntax TOKEN =
      new Syntax(
          "token",
          "add NAME|list|remove NAME",
          1,
          2,
          "Gives people access to an appliance, or takes it",
          "The token itself is shown once, when it is added: it is kept as a hash only.",
          List.of(ROLE, Server.SERVER, Server.TOKEN_FILE, Server.CA_FILE));

  private static final Set<String> ENDED =
      Set.of("succeeded", "failed", "rejected", "cancelled", "interrupted");

  private final Terminal terminal;
  private final PrintStream out;
  private final PrintStream err;
  private final Style style;
  private final Path state;

  /**
   * The commands.
   *
   * @param state the state folder of an appliance on this host
   */
  public ApplianceCommands(Terminal terminal, Path state) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.err = terminal.err();
    this.style = Style.of(Style.Mode.AUTO, terminal);
    this.state = state;
  }

  private static Syntax syntax(
      String command, String operand, String summary, Option<?>... options) {
    List<Option<?>> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(Server.SERVER, Server.TOKEN_FILE, Server.CA_FILE));
    int operands = operand.isEmpty() ? 0 : 1;
    return new Syntax(command, operand, operands, operands, summary, "", all);
  }

  /** What they understand. */
  public static List<Syntax> syntaxes() {
    return List.of(SUBMIT, LIST, SHOW, LOG, CANCEL, RETRY, ARTEFACTS, FETCH, TOKEN);
  }

  /** Runs one of them. */
  public int run(Syntax syntax, Arguments arguments) throws UsageException {
    try {
      Server server = Server.of(arguments, terminal.environment(), state);
      return switch (syntax.command()) {
        case "submit" -> submit(server, arguments);
        case "builds" -> list(server, arguments);
        case "show" -> show(server, build(syntax, arguments));
        case "log" -> log(server, build(syntax, arguments), arguments.has(FOLLOW));
        case "cancel" -> cancel(server, build(syntax, arguments));
        case "retry" -> retry(server, build(syntax, arguments), arguments);
        case "artefacts" -> artefacts(server, build(syntax, arguments));
        case "fetch" -> fetch(server, build(syntax, arguments), arguments);
        case "token" -> token(server, arguments);
        default -> throw new IllegalStateException(syntax.command());
      };
    } catch (ServerException e) {
      e.problems().forEach(line -> err.println(style.error(line)));
      err.println(style.error("bootstrap-vz: " + e.getMessage()));
      return e.status() == 422 ? ExitStatus.INPUT : ExitStatus.FAILED;
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED;
    }
  }

  private static String build(Syntax syntax, Arguments arguments) throws UsageException {
    String id = arguments.operands().get(0);
    if (!id.matches("\\d{1,18}")) {
      throw UsageException.of(syntax, "\"" + id + "\" is not the number of a build");
    }
    return BUILDS + "/" + id;
  }

  private int submit(Server server, Arguments arguments)
      throws ServerException, InterruptedException {
    Path file = Path.of(arguments.operands().get(0));
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ServerException(422, "Cannot read " + FileProblem.describe(e), List.of());
    }
    JsonNode build =
        server.post(
            BUILDS
                + "?name="
                + Server.encode(file.getFileName().toString())
                + "&priority="
                + arguments.get(PRIORITY).orElse(0),
            "application/yaml",
            BodyPublishers.ofString(text));
    return submitted(server, build, arguments.has(WAIT));
  }

  private int retry(Server server, String build, Arguments arguments)
      throws ServerException, InterruptedException {
    JsonNode again = server.post(build + "/retry", JSON, BodyPublishers.noBody());
    return submitted(server, again, arguments.has(WAIT));
  }

  private int submitted(Server server, JsonNode build, boolean wait)
      throws ServerException, InterruptedException {
    String id = text(build, "id");
    out.println(id);
    out.flush();
    err.println("Build " + id + " of " + text(build, "name") + " is queued");
    if (!wait) {
      return ExitStatus.DONE;
    }
    String path = BUILDS + "/" + id;
    try {
      new EventStream(server, path + "/events").read(this::tell);
    } catch (InterruptedException e) {
      err.println("Build " + id + " goes on; bootstrap-vz cancel " + id + " would cancel it");
      throw e;
    }
    return ended(server.get(path));
  }

  private void tell(String type, JsonNode event) {
    JsonNode data = event.path("data");
    switch (type) {
      case "phase-started" -> err.println(text(data, "phase"));
      case "warning" -> err.println(style.warning("warning: " + text(data, "message")));
      case "failing" -> err.println(style.error("error: " + text(data, "message")));
      default -> {
        // The log has the rest.
      }
    }
  }

  private int ended(JsonNode build) {
    String how = text(build, "state");
    String error = text(build, "error");
    String line = "Build " + text(build, "id") + ": " + how + (error.isEmpty() ? "" : ": " + error);
    err.println(how.equals("succeeded") ? style.good(line) : style.error(line));
    printArtefacts(build.path("artefacts"));
    return switch (how) {
      case "succeeded" -> ExitStatus.DONE;
      case "rejected" -> ExitStatus.INPUT;
      case "cancelled" -> ExitStatus.INTERRUPTED;
      default -> ExitStatus.FAILED;
    };
  }

  private int list(Server server, Arguments arguments)
      throws ServerException, InterruptedException {
    String states = arguments.get(STATE).map(word -> "&state=" + Server.encode(word)).orElse("");
    JsonNode page = server.get(BUILDS + "?limit=" + arguments.get(LIMIT).orElse(20) + states);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "STATE", "NAME", "PRIORITY", "SUBMITTED", "BY", ""));
    for (JsonNode build : page.path("builds")) {
      rows.add(
          List.of(
              text(build, "id"),
              text(build, "state"),
              text(build, "name"),
              text(build, "priority"),
              text(build, "submitted").replaceFirst("\\.\\d+", ""),
              text(build, "submitter"),
              text(build, "error").lines().findFirst().orElse("")));
    }
    printTable(rows);
    return ExitStatus.DONE;
  }

  private void printTable(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private int show(Server server, String path) throws ServerException, InterruptedException {
    JsonNode build = server.get(path);
    for (String member :
        List.of(
            "id",
            "name",
            "state",
            "error",
            "task",
            "submitter",
            "priority",
            "submitted",
            "started",
            "finished",
            "appliance",
            "retryOf")) {
      String value = text(build, member);
      if (!value.isEmpty()) {
        out.println(member + ": " + value);
      }
    }
    if (!ENDED.contains(text(build, "state"))) {
      out.println("progress: " + Math.round(build.path("progress").asDouble() * 100) + " %");
    }
    build
        .path("phases")
        .propertyStream()
        .forEach(
            phase ->
                out.println(
                    "  "
                        + phase.getKey()
                        + ": "
                        + Math.round(phase.getValue().asDouble() * 10) / 10.0
                        + " s"));
    printArtefacts(build.path("artefacts"));
    return ExitStatus.DONE;
  }

  private int log(Server server, String build, boolean follow)
      throws ServerException, InterruptedException {
    if (follow) {
      new EventStream(server, build + "/log")
          .read(
              (type, data) -> {
                out.print(text(data, "text"));
                out.flush();
              });
      return ExitStatus.DONE;
    }
    long offset = 0;
    while (true) {
      try {
        var response = server.open(server.request(build + "/log?limit=1048576&offset=" + offset));
        long next = response.headers().firstValueAsLong("Log-Next-Offset").orElse(offset);
        try (var in = response.body()) {
          in.transferTo(out);
        }
        if (next == offset) {
          return ExitStatus.DONE;
        }
        offset = next;
      } catch (IOException e) {
        throw new ServerException("The log breaks off");
      }
    }
  }

  private int cancel(Server server, String build) throws ServerException, InterruptedException {
    JsonNode now = server.post(build + "/cancel", JSON, BodyPublishers.noBody());
    err.println(
        "Build "
            + text(now, "id")
            + (text(now, "state").equals("running")
                ? " gives back what it holds, then it is cancelled"
                : " is cancelled"));
    return ExitStatus.DONE;
  }

  private int artefacts(Server server, String build) throws ServerException, InterruptedException {
    for (JsonNode artefact : server.get(build + "/artefacts").path("artefacts")) {
      if (isFile(artefact)) {
        // As sha256sum --check reads it.
        out.println(text(artefact, "sha256") + "  " + text(artefact, "name"));
      }
    }
    return ExitStatus.DONE;
  }

  /** Directories, volumes and remote artefacts stay where they are; they have no checksum. */
  private boolean isFile(JsonNode artefact) {
    boolean is = !text(artefact, "sha256").isEmpty();
    if (isRemote(artefact)) {
      err.println(remote(artefact) + " is not a file of the appliance");
    } else if (!is) {
      err.println(text(artefact, "name") + " is a folder or a volume; it stays on the appliance");
    }
    return is;
  }

  private static boolean isRemote(JsonNode artefact) {
    return !text(artefact, "kind").isEmpty();
  }

  private static String remote(JsonNode artefact) {
    StringBuilder line = new StringBuilder(text(artefact, "name"));
    for (String detail : List.of("kind", "region", "account", "link")) {
      if (!text(artefact, detail).isEmpty()) {
        line.append(", ").append(detail).append(' ').append(text(artefact, detail));
      }
    }
    return line.toString();
  }

  private void printArtefacts(JsonNode artefacts) {
    for (JsonNode artefact : artefacts) {
      if (isRemote(artefact)) {
        out.println("  " + remote(artefact));
        continue;
      }
      out.println(
          "  "
              + text(artefact, "name")
              + ", "
              + text(artefact, "size")
              + " bytes"
              + (text(artefact, "sha256").isEmpty()
                  ? ""
                  : ", SHA-256 " + text(artefact, "sha256")));
    }
  }

  private int fetch(Server server, String build, Arguments arguments)
      throws ServerException, InterruptedException {
    Path folder = Path.of(arguments.get(OUTPUT).orElse(""));
    List<JsonNode> artefacts =
        server.get(build + "/artefacts").path("artefacts").valueStream().toList();
    if (artefacts.isEmpty()) {
      throw new ServerException("This build delivered nothing (yet)");
    }
    try {
      Files.createDirectories(folder.toAbsolutePath());
    } catch (IOException e) {
      throw new ServerException("Cannot make " + FileProblem.describe(e));
    }
    for (JsonNode artefact : artefacts) {
      if (!isFile(artefact)) {
        continue;
      }
      String name = text(artefact, "name");
      // Whoever answers must not choose where we write.
      Path only = Path.of(name).getFileName();
      if (only == null || !only.toString().equals(name) || name.equals("..") || name.equals(".")) {
        throw new ServerException("The appliance names an artefact \"" + name + "\", a path");
      }
      Path target = folder.resolve(name);
      boolean taken =
          new Fetch(
                  server,
                  build + "/artefacts/" + Server.encode(name),
                  target,
                  artefact.path("size").asLong(),
                  text(artefact, "sha256"))
              .run();
      out.println(target + (taken ? "" : " (was here already)"));
    }
    return ExitStatus.DONE;
  }

  private int token(Server server, Arguments arguments)
      throws ServerException, InterruptedException, UsageException {
    List<String> words = arguments.operands();
    String name = words.size() > 1 ? words.get(1) : "";
    switch (words.get(0)) {
      case "list" -> {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("NAME", "ROLE")));
        for (JsonNode each : server.get(TOKENS).path("tokens")) {
          rows.add(List.of(text(each, "name"), text(each, "role")));
        }
        printTable(rows);
      }
      case "add" -> {
        String role =
            arguments
                .get(ROLE)
                .filter(given -> !name.isEmpty())
                .orElseThrow(() -> UsageException.of(TOKEN, "add needs a NAME and --role=ROLE"));
        JsonNode made =
            server.post(
                TOKENS,
                JSON,
                BodyPublishers.ofString(
                    JsonMapper.shared().writeValueAsString(Map.of("name", name, "role", role))));
        out.println(text(made, "token"));
        err.println("This token is shown once. Whoever has it is " + name + ", a " + role + ".");
      }
      case "remove" -> {
        if (name.isEmpty()) {
          throw UsageException.of(TOKEN, "remove needs a NAME");
        }
        server.delete(TOKENS + "/" + Server.encode(name));
        err.println(name + " has no access any more");
      }
      default ->
          throw UsageException.of(
              TOKEN, "\"" + words.get(0) + "\" is not one of add, list, remove");
    }
    return ExitStatus.DONE;
  }

  /** A member as text; empty if it is missing. */
  private static String text(JsonNode json, String member) {
    JsonNode value = json.path(member);
    return value.isMissingNode() || value.isNull() ? "" : value.asString();
  }
}
