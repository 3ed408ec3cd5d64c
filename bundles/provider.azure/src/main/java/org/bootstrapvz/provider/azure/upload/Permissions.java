/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a login may do with a resource group, as the Resource Manager lists it. */
record Permissions(List<JsonNode> granted) {
  static Permissions of(JsonNode answer) {
    return new Permissions(answer.path("value").valueStream().toList());
  }

  /** Returns those of these actions that the login may not do. */
  List<String> missing(List<String> wanted) {
    List<String> missing = new ArrayList<>(wanted);
    missing.removeIf(this::allows);
    return missing;
  }

  /** Each permission takes from its own actions only. */
  private boolean allows(String action) {
    return granted.stream()
        .anyMatch(each -> matches(each, "actions", action) && !matches(each, "notActions", action));
  }

  private static boolean matches(JsonNode permission, String list, String action) {
    return permission
        .path(list)
        .valueStream()
        .anyMatch(pattern -> pattern(pattern.asString("")).matcher(action).matches());
  }

  /** An asterisk stands for any text. */
  private static Pattern pattern(String text) {
    return Pattern.compile(
        Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.CASE_INSENSITIVE);
  }
}
