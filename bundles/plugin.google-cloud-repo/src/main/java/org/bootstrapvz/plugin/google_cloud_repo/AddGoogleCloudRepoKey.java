/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.WriteSources;
import org.osgi.service.component.annotations.Component;

/**
 * Installs the key of Google's archive: from a file of the host, or from Google, whose TLS
 * certificate vouches for it.
 */
@Component
@TaskDefinition(
    description = "Adding the key of Google's archive",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = WriteSources.class)
public final class AddGoogleCloudRepoKey implements Task {
  private static final String ADDRESS = "https://" + GoogleArchive.HOST + "/apt/doc/apt-key.gpg";
  private static final String START = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue file = build.manifest().at("plugins.google_cloud_repo.key");
    String key =
        file.exists()
            ? Files.readString(build.manifest().resolve(file), StandardCharsets.ISO_8859_1)
            : download(build);
    if (!key.contains(START)) {
      throw new BuildException(
          (file.exists() ? file.location() + ": " + file.path() + ": " + file.text() : ADDRESS)
              + " is not an armoured OpenPGP key: it has no line "
              + START);
    }
    build.root().write(GoogleArchive.KEY, key, 0644);
    if (!GoogleArchive.withoutKey(build.manifest()).isEmpty()) {
      build.root().write(GoogleArchive.TRUSTED_KEY, key, 0644);
    }
  }

  private static String download(Build build) throws BuildException {
    try {
      return String.join(
              "\n",
              build
                  .run(
                      Command.of("curl", "--silent", "--show-error", "--fail", "--location")
                          .with("--proto", "=https", "--max-time", "60", "--retry", "2", ADDRESS))
                  .output())
          + "\n";
    } catch (CommandException e) {
      throw new BuildException(
          "The key of Google's archive could not be fetched from "
              + ADDRESS
              + ". Save it to a file, and name that file in plugins.google_cloud_repo.key",
          e);
    }
  }
}
