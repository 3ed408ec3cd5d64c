/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of all commands that read a manifest: they set its variables and keys. */
public final class ManifestOptions {
  private static final String SET = "--set";
  private static final String VAR_FILE = "--var-file";

  private ManifestOptions() {}

  /** Adds the options to those of a command. */
  public static CommandSpec add(CommandSpec spec) {
    return spec.addOption(
            Options.repeated(
                    SET,
                    "Set a variable or a key of the manifest, for example system.release=trixie;"
                        + " may be repeated")
                .paramLabel("KEY=VALUE")
                .auxiliaryTypes(Setting.class)
                .converters(SettingConverter.ONE)
                .build())
        .addOption(
            Options.repeated(VAR_FILE, "Read values of variables from this file; may be repeated")
                .paramLabel("FILE")
                .auxiliaryTypes(Path.class)
                .converters(PathConverter.ONE)
                .build());
  }

  /** Returns the source of a manifest with what the user set in arguments and environment. */
  public static ManifestSource source(Path file, ParseResult arguments, Terminal terminal) {
    Optional<List<Setting>> settings = Options.value(arguments, SET);
    Optional<List<Path>> files = Options.value(arguments, VAR_FILE);
    return ManifestSource.of(file)
        .withSettings(settings.orElse(List.of()))
        .withVariableFiles(files.orElse(List.of()))
        .withEnvironment(terminal.environment());
  }
}
