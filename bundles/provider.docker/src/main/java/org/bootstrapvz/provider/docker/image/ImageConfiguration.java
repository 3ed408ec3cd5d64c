/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The configuration for containers of the image, from instructions and labels. */
final class ImageConfiguration {
  private static final String SEARCH_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** That of Debian's own container images. */
  private static final List<String> DEFAULT_COMMAND = List.of("bash");

  private static final Pattern PORT =
      Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");
  private static final int LAST_PORT = 65535;
  private static final Pattern VARIABLE_NAME = Pattern.compile("[^=\\s]+");
  private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z0-9]+([+-]\\d+)?|\\d{1,2}");

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, String> labels = new TreeMap<>();
  private final Map<String, Object> ports = new TreeMap<>();
  private final Map<String, Object> volumes = new TreeMap<>();
  private final List<String> onBuild = new ArrayList<>();
  private final Map<String, Object> single = new TreeMap<>();
  private String author = "";

  ImageConfiguration() {
    environment.put("PATH", SEARCH_PATH);
  }

  void label(Label label) {
    labels.put(label.name(), label.value());
  }

  /**
   * Applies an instruction.
   *
   * @throws IllegalArgumentException if its arguments are invalid; the message is for users
   */
  void apply(Instruction instruction) {
    String arguments = instruction.arguments();
    switch (instruction.keyword()) {
      case "CMD" -> single.put("Cmd", command(arguments));
      case "ENTRYPOINT" -> single.put("Entrypoint", command(arguments));
      case "ENV" -> environment.putAll(pairs("ENV", arguments));
      case "EXPOSE" -> words(arguments).forEach(this::expose);
      case "LABEL" -> labels.putAll(pairs("LABEL", arguments));
      case "MAINTAINER" -> author = arguments;
      case "ONBUILD" -> onBuild.add(onBuild(arguments));
      case "STOPSIGNAL" -> single.put("StopSignal", signal(expanded(arguments)));
      case "USER" -> single.put("User", oneWord("USER", arguments));
      case "VOLUME" -> volumes(arguments).forEach(this::volume);
      case "WORKDIR" -> workingFolder(expanded(arguments));
      default -> throw new IllegalStateException(instruction.keyword());
    }
  }

  private List<String> words(String arguments) {
    return Words.split(arguments, environment);
  }

  private String expanded(String arguments) {
    return Words.expand(arguments, environment);
  }

  /** A JSON list is executed directly, any other text by a shell. */
  private static List<String> command(String arguments) {
    List<String> list = list(arguments);
    return list.isEmpty() ? List.of("/bin/sh", "-c", arguments) : list;
  }

  /** The texts of a JSON list; empty if the text is not a JSON list. */
  private static List<String> list(String arguments) {
    if (!arguments.startsWith("[") || !arguments.endsWith("]")) {
      return List.of();
    }
    try {
      List<?> list = JsonMapper.shared().readValue(arguments, new TypeReference<List<?>>() {});
      if (!list.isEmpty() && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().map(String.class::cast).toList();
      }
    } catch (JacksonException e) {
      // "[ -f x ]" is a shell command.
      if (!arguments.matches("\\[\\s*[\"'].*")) {
        return List.of();
      }
    }
    throw new IllegalArgumentException(
        arguments + " is not a list of strings. Write [\"/bin/program\", \"argument\"]");
  }

  /** {@code a=b "c=d e"}, or the older {@code a b c}, which sets only the variable a. */
  private Map<String, String> pairs(String keyword, String arguments) {
    List<String> words = words(arguments);
    Map<String, String> pairs = new LinkedHashMap<>();
    if (!words.get(0).contains("=")) {
      String[] parts = arguments.split("\\s+", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException(
            keyword + " needs a name and a value: " + keyword + " " + parts[0] + "=value");
      }
      pairs.put(expanded(parts[0]), expanded(parts[1]));
      return pairs;
    }
    for (String word : words) {
      String[] pair = word.split("=", 2);
      boolean named = keyword.equals("LABEL") || VARIABLE_NAME.matcher(pair[0]).matches();
      if (pair.length < 2 || pair[0].isEmpty() || !named) {
        throw new IllegalArgumentException(
            "\""
                + word
                + "\" is not a name with a value. Write "
                + keyword
                + " name=value, with quotes around a value that contains spaces");
      }
      pairs.put(pair[0], pair[1]);
    }
    return pairs;
  }

  private void expose(String port) {
    Matcher matcher = PORT.matcher(port.toLowerCase(Locale.ROOT));
    int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    int last = first > 0 && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
    if (first < 1 || last < first || last > LAST_PORT) {
      throw new IllegalArgumentException(
          "\""
              + port
              + "\" is not a port. Write a number up to 65535 such as 80, 53/udp or 8000-8010");
    }
    String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3);
    for (int number = first; number <= last; number++) {
      ports.put(number + "/" + protocol, Map.of());
    }
  }

  private static String onBuild(String arguments) {
    String keyword = arguments.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    if (!Instruction.isKeyword(keyword)
        || List.of("ONBUILD", "FROM", "MAINTAINER").contains(keyword)) {
      throw new IllegalArgumentException(
          "ONBUILD must be followed by another instruction, such as ONBUILD RUN make, and not by "
              + keyword);
    }
    return arguments;
  }

  private static String signal(String signal) {
    if (!SIGNAL.matcher(signal).matches()) {
      throw new IllegalArgumentException(
          "\"" + signal + "\" is not a signal. Write a name such as SIGTERM, or its number");
    }
    return signal;
  }

  private String oneWord(String keyword, String arguments) {
    List<String> words = words(arguments);
    if (words.size() != 1) {
      throw new IllegalArgumentException(
          keyword + " takes one name, or user:group, and not \"" + arguments + "\"");
    }
    return words.get(0);
  }

  private List<String> volumes(String arguments) {
    List<String> list = list(arguments);
    return list.isEmpty() ? words(arguments) : list;
  }

  private void volume(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path of a VOLUME starts with a slash, unlike " + path);
    }
    volumes.put(path, Map.of());
  }

  private void workingFolder(String path) {
    String before = String.valueOf(single.getOrDefault("WorkingDir", "/"));
    single.put("WorkingDir", Path.of(before).resolve(path).normalize().toString());
  }

  /** The author of the image; empty if it is not specified. */
  String author() {
    return author;
  }

  /** The member {@code config} of the JSON of the image; its members are in alphabetical order. */
  Map<String, Object> members() {
    Map<String, Object> members = new TreeMap<>(single);
    // An ENTRYPOINT resets the command, as in a Dockerfile.
    if (!members.containsKey("Entrypoint")) {
      members.putIfAbsent("Cmd", DEFAULT_COMMAND);
    }
    members.put(
        "Env",
        environment.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .toList());
    put(members, "ExposedPorts", ports);
    put(members, "Labels", labels);
    put(members, "Volumes", volumes);
    if (!onBuild.isEmpty()) {
      members.put("OnBuild", onBuild);
    }
    return members;
  }

  private static void put(Map<String, Object> members, String name, Map<String, ?> value) {
    if (!value.isEmpty()) {
      members.put(name, value);
    }
  }
}
