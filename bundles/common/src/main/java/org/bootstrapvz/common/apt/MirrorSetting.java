/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Source;

/** A mirror in the manifest: an address, or a map of an address and options of its sources. */
enum MirrorSetting {
  DEBIAN("packages.mirror"),
  SECURITY("packages.security"),
  BASE_SYSTEM("bootstrapper.mirror");

  private final String path;

  MirrorSetting(String path) {
    this.path = path;
  }

  private static String trimmed(String uri) {
    return uri.replaceFirst("/+$", "");
  }

  /** The value, which may be absent. */
  ManifestValue value(Manifest manifest) {
    return manifest.at(path);
  }

  /** The address without a trailing slash. */
  Optional<String> address(Manifest manifest) {
    ManifestValue value = value(manifest);
    ManifestValue url = value.isMap() ? value.get("url") : value;
    return url.exists() ? Optional.of(trimmed(url.text())) : Optional.empty();
  }

  /** The texts of its option {@code signed-by}. */
  List<String> keys(Manifest manifest) {
    if (!value(manifest).isMap()) {
      return List.of();
    }
    ManifestValue keys = value(manifest).get("signed-by");
    return keys.isScalar() ? List.of(keys.text()) : keys.texts();
  }

  /** The source with the options of the mirror in place of its own. */
  Source applyTo(Manifest manifest, Source source) {
    Source result = source;
    for (Map.Entry<String, String> option : options(manifest).entrySet()) {
      result = result.with(option.getKey(), option.getValue());
    }
    return result;
  }

  private Map<String, String> options(Manifest manifest) {
    Map<String, String> options = new LinkedHashMap<>();
    if (!value(manifest).isMap()) {
      return options;
    }
    for (Map.Entry<String, ManifestValue> entry : value(manifest).entries().entrySet()) {
      String name = entry.getKey();
      ManifestValue value = entry.getValue();
      switch (name) {
        case "url" -> {}
        case "signed-by" ->
            options.put(
                name,
                keys(manifest).stream()
                    .map(key -> TrustedKeys.signedBy(manifest, key))
                    .collect(Collectors.joining(",")));
        case "snapshot" -> options.put(name, value.text());
        default -> options.put(name, value.isTrue() ? "yes" : "no");
      }
    }
    return options;
  }

  /**
   * A source of the manifest with the options of the mirror that it uses, unless it has its own;
   * apt refuses sources of one address and suite that differ in them.
   */
  static Source complete(Manifest manifest, Source source) {
    String uri = trimmed(source.uri());
    Source result = source;
    for (MirrorSetting setting : List.of(DEBIAN, SECURITY)) {
      if (setting.address(manifest).filter(uri::equals).isPresent()) {
        for (Map.Entry<String, String> option : setting.options(manifest).entrySet()) {
          if (!source.options().containsKey(option.getKey())) {
            result = result.with(option.getKey(), option.getValue());
          }
        }
      }
    }
    return result;
  }
}
