/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.packages.Source;

/** Sources in the format of {@code debian.sources}, which apt prefers since trixie. */
public final class Deb822 {
  /** Options whose field name is not the capitalised name of the option. */
  private static final Map<String, String> FIELDS =
      Map.of("arch", "Architectures", "lang", "Languages", "target", "Targets", "pdiffs", "PDiffs");

  private Deb822() {}

  /** The fields of a stanza except for its types and suites. */
  private record Rest(String uri, List<String> components, Map<String, String> options) {}

  /**
   * The text of a file with these sources; sources that only differ in type or suite share a
   * stanza.
   */
  public static String text(List<Source> sources) {
    Map<Source, Set<String>> types = new LinkedHashMap<>();
    for (Source source : sources) {
      types.computeIfAbsent(withoutType(source), key -> new LinkedHashSet<>()).add(source.type());
    }
    Map<Rest, Map<Set<String>, List<String>>> stanzas = new LinkedHashMap<>();
    types.forEach(
        (source, kinds) ->
            stanzas
                .computeIfAbsent(
                    new Rest(source.uri(), source.components(), source.options()),
                    key -> new LinkedHashMap<>())
                .computeIfAbsent(kinds, key -> new ArrayList<>())
                .add(source.suite()));
    List<String> texts = new ArrayList<>();
    stanzas.forEach(
        (rest, suites) -> suites.forEach((kinds, names) -> texts.add(stanza(kinds, names, rest))));
    return String.join("\n", texts);
  }

  private static Source withoutType(Source source) {
    return new Source(
        source.list(), "deb", source.options(), source.uri(), source.suite(), source.components());
  }

  private static String stanza(Set<String> types, List<String> suites, Rest rest) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Types", String.join(" ", types));
    fields.put("URIs", rest.uri());
    fields.put("Suites", String.join(" ", suites));
    if (!rest.components().isEmpty()) {
      fields.put("Components", String.join(" ", rest.components()));
    }
    rest.options().forEach((option, value) -> fields.put(field(option), value.replace(',', ' ')));
    return fields.entrySet().stream()
        .map(field -> field.getKey() + ": " + field.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * {@code arch+=armhf} adds to a list and {@code arch-=i386} removes from it; each is a separate
   * field.
   */
  private static String field(String option) {
    if (option.endsWith("+")) {
      return field(option.substring(0, option.length() - 1)) + "-Add";
    }
    if (option.endsWith("-")) {
      return field(option.substring(0, option.length() - 1)) + "-Remove";
    }
    if (FIELDS.containsKey(option)) {
      return FIELDS.get(option);
    }
    StringBuilder name = new StringBuilder();
    for (String word : option.split("-")) {
      name.append(name.length() > 0 ? "-" : "")
          .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(word.substring(1));
    }
    return name.toString();
  }
}
