/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.login.TokenEndpoint;

/** A file with a token that another program renews. */
record TokenFile(Source source) implements Credentials {
  @Override
  public String account() {
    return "";
  }

  @Override
  public String project() {
    return "";
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    try {
      String token = Files.readString(Path.of(source.file())).strip();
      if (!token.matches("\\p{Graph}+")) {
        throw new BuildException("The file " + source.file() + " has no token");
      }
      return Secret.of(token);
    } catch (IOException e) {
      throw new BuildException("The token in " + source + " cannot be read", e);
    }
  }
}
