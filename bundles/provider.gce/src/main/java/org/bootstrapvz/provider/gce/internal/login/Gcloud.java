/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.login.LoginCommand;
import org.bootstrapvz.cloud.login.TokenEndpoint;

/** The account that gcloud is logged in to. */
record Gcloud(LoginCommand command) implements Credentials {
  private static final List<String> TOKEN = List.of("auth", "print-access-token", "--quiet");
  private static final List<String> PROJECT = List.of("config", "get-value", "project", "--quiet");

  /** Finds gcloud. */
  static Optional<Gcloud> find(Surroundings surroundings) {
    return LoginCommand.find("gcloud", surroundings).map(Gcloud::new);
  }

  /** Returns why it gives no token; empty if it gives one. */
  Optional<String> problem() throws BuildException {
    try {
      return command.run(TOKEN).isEmpty() ? Optional.of("gives no token") : Optional.empty();
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Source source() {
    return Source.GCLOUD;
  }

  @Override
  public String account() {
    return "";
  }

  @Override
  public String project() throws BuildException {
    String project = command.run(PROJECT);
    return project.equals("(unset)") ? "" : project;
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    return Secret.of(command.run(TOKEN));
  }
}
