/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.login.LoginCommand;
import org.bootstrapvz.cloud.login.TokenEndpoint;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The account that az is logged in to. */
record Az(Source source, LoginCommand command, Endpoints endpoints) implements Credentials {
  /** Returns why it gives no token; empty if it gives one. */
  Optional<String> problem() throws BuildException {
    try {
      return field("accessToken").isEmpty() ? Optional.of("gives no token") : Optional.empty();
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String subscription() throws BuildException {
    return field("subscription");
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    return Secret.of(field("accessToken"));
  }

  private String field(String name) throws BuildException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "account",
                "get-access-token",
                "--resource",
                endpoints.resourceManager() + "/",
                "--output",
                "json"));
    if (!source.subscription().isEmpty()) {
      arguments.addAll(List.of("--subscription", source.subscription()));
    }
    try {
      JsonNode answer = JsonMapper.shared().readTree(command.run(arguments));
      return answer.path(name).asString("");
    } catch (JacksonException e) {
      // Its message may quote the token.
      throw new BuildException("The output of az is not JSON");
    }
  }
}
