/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the file contains public keys in the format of sshd. */
@Component
@TaskDefinition(description = "Checking the public key of the admin user", phase = Phase.VALIDATION)
public final class CheckPublicKeyFile implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue setting = build.manifest().at("plugins.admin_user.pubkey");
    String problem = problem(build.manifest().resolve(setting.text()));
    if (!problem.isEmpty()) {
      throw new BuildException(setting.location() + ": " + setting.path() + ": " + problem);
    }
  }

  private static String problem(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "there is no file " + file;
    }
    if (!Files.isReadable(file)) {
      return "the file " + file + " cannot be read";
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    if (text.contains("PRIVATE KEY-----")) {
      return file
          + " contains a private key; name the file of the public key, usually "
          + file
          + ".pub";
    }
    int keys = 0;
    for (String line : text.split("\n")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        if (!isKey(line.trim())) {
          return file + " is not a list of public keys as written by ssh-keygen";
        }
        keys++;
      }
    }
    return keys == 0 ? file + " contains no public key" : "";
  }

  /** The line contains a type, followed by a key that specifies the same type. */
  private static boolean isKey(String line) {
    String[] words = line.split("\\s+");
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].matches("(ssh|ecdsa|sk)-[a-z0-9@.-]+") && isOfType(words[i], words[i + 1])) {
        return true;
      }
    }
    return false;
  }

  /**
   * RFC 4253, section 6.6: the first field of a key is its type, preceded by its length in four
   * bytes.
   */
  private static boolean isOfType(String type, String key) {
    try {
      ByteBuffer content = ByteBuffer.wrap(Base64.getDecoder().decode(key));
      if (content.remaining() <= 4 + type.length() || content.getInt() != type.length()) {
        return false;
      }
      byte[] field = new byte[type.length()];
      content.get(field);
      return type.equals(new String(field, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
