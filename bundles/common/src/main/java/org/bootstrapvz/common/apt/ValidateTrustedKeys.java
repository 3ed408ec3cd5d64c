/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Checks that the files of {@code packages.trusted-keys}, {@code bootstrapper.keyring} and {@code
 * signed-by} contain OpenPGP keys and have a suffix that apt reads: {@code .gpg} for binary
 * keyrings, {@code .asc} for armoured ones.
 */
@Component
@TaskDefinition(description = "Validating trusted keys", phase = Phase.VALIDATION)
public final class ValidateTrustedKeys implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    List<String> wrong = new ArrayList<>();
    List<ManifestValue> keys =
        new ArrayList<>(build.manifest().at("packages.trusted-keys").items());
    ManifestValue keyring = build.manifest().at("bootstrapper.keyring");
    if (keyring.exists()) {
      keys.add(keyring);
    }
    for (ManifestValue key : keys) {
      String problem = problem(build.manifest().resolve(key));
      if (!problem.isEmpty()) {
        wrong.add(key.location() + ": " + key.path() + ": " + problem);
      }
    }
    for (Path file : TrustedKeys.signing(build.manifest())) {
      String problem = problem(file);
      if (!problem.isEmpty()) {
        wrong.add(build.manifest().file() + ": signed-by: " + problem);
      }
    }
    if (!wrong.isEmpty()) {
      throw new BuildException(String.join("\n", wrong));
    }
  }

  private static String problem(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "there is no file " + file;
    }
    byte[] content = Files.readAllBytes(file);
    boolean armoured =
        new String(content, StandardCharsets.ISO_8859_1)
            .contains("-----BEGIN PGP PUBLIC KEY BLOCK-----");
    // RFC 9580, section 4.2: a packet starts with bit 7 set; type 6 is a public key, old (0x98,
    // 0x99) or new (0xC6) form.
    boolean binary =
        content.length > 0 && ((content[0] & 0xFF) == 0xC6 || (content[0] & 0xFC) == 0x98);
    if (!armoured && !binary) {
      return file + " is not an OpenPGP key or keyring";
    }
    String wanted = armoured ? ".asc" : ".gpg";
    if (!file.toString().endsWith(wanted)) {
      return "apt only reads this key from a file whose name ends in "
          + wanted
          + ", not "
          + file
          + ". Rename it to "
          + String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "")
          + wanted;
    }
    return "";
  }
}
