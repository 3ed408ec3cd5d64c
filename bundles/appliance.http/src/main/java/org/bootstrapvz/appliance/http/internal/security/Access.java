/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who has access to this appliance. Creates a first token if there is none. */
@Component(service = Access.class)
public final class Access {
  private static final String FIRST_NAME = "local-admin";

  private final Tokens tokens;
  private final Sessions sessions;
  private final Path firstToken;
  private final boolean created;

  /** Called by the container. */
  @Activate
  public Access(@Reference StateDirectory state, @Reference ServerStatus status)
      throws IOException {
    this(state.path(), Instant::now);
    createdFirstToken().ifPresent(status::firstTokenCreated);
  }

  /** Access as stored in a directory. */
  public Access(Path directory, Supplier<Instant> clock) throws IOException {
    tokens = new Tokens(directory.resolve("tokens"));
    sessions = new Sessions(tokens, clock);
    firstToken = directory.resolve("admin.token");
    created = tokens.list().isEmpty();
    if (created) {
      PrivateFiles.write(firstToken, tokens.add(FIRST_NAME, Role.ADMIN) + "\n");
    }
  }

  /** The tokens. */
  public Tokens tokens() {
    return tokens;
  }

  /** The sessions. */
  public Sessions sessions() {
    return sessions;
  }

  /** The file with the first token, if it was created by this instance. */
  public Optional<Path> createdFirstToken() {
    return created ? Optional.of(firstToken) : Optional.empty();
  }
}
