/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.common.internal.apt.ConfiguredOptions;

/**
 * A setting of apt that keeps an image small. Whoever writes it names its file. A default is
 * written only if nothing else in the image decides the same.
 *
 * @param options the options of apt that it decides
 * @param text the content of the file
 */
public record AptSetting(List<String> options, String text) {
  /** With an immutable copy of the options. */
  public AptSetting {
    options = List.copyOf(options);
  }

  /** Deletes downloaded packages after their installation, and keeps no cache of the lists. */
  public static AptSetting clean() {
    String command = "find /var/cache/apt -name '*.deb' -delete -o -name '*.bin' -delete || true";
    return new AptSetting(
        List.of(
            "APT::Keep-Downloaded-Packages",
            "Binary::apt::APT::Keep-Downloaded-Packages",
            "Binary::apt-get::APT::Keep-Downloaded-Packages",
            "Dir::Cache::pkgcache",
            "Dir::Cache::srcpkgcache"),
        """
        // Leaves no downloaded package and no cache of the package lists behind.
        DPkg::Post-Invoke { "@COMMAND@"; };
        APT::Update::Post-Invoke { "@COMMAND@"; };
        Dir::Cache::pkgcache "";
        Dir::Cache::srcpkgcache "";
        """
            .replace("@COMMAND@", command));
  }

  /** Keeps the package lists compressed. */
  public static AptSetting gzipIndexes() {
    return new AptSetting(
        List.of("Acquire::GzipIndexes"),
        """
        // Keeps the package lists compressed.
        Acquire::GzipIndexes "true";
        """);
  }

  /** Limits the languages in which apt fetches descriptions of packages. */
  public static AptSetting languages(List<String> languages) {
    String list =
        languages.stream().map(language -> " \"" + language + "\";").collect(Collectors.joining());
    return new AptSetting(
        List.of("Acquire::Languages"),
        """
        // Fetches descriptions of packages in these languages only.
        Acquire::Languages {@LIST@ };
        """
            .replace("@LIST@", list));
  }

  /** Treats packages that others only suggest as unused. */
  public static AptSetting autoremoveSuggests() {
    return new AptSetting(
        List.of("APT::AutoRemove::SuggestsImportant"),
        """
        // Lets "apt-get autoremove" remove what other packages only suggest.
        APT::AutoRemove::SuggestsImportant "false";
        """);
  }

  /** Returns whether a file of the image's configuration of apt sets one of the options. */
  public boolean isDecidedIn(Root root) throws IOException {
    ConfiguredOptions configured =
        ConfiguredOptions.of(root, WriteConfiguration.FOLDER, WriteConfiguration.MAIN);
    return options.stream().anyMatch(configured::contain);
  }

  /** Writes it into a file of this name. */
  public void write(Root root, String name) throws IOException {
    root.write(WriteConfiguration.FOLDER + "/" + name, text);
  }
}
