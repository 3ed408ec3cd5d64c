/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.security;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who has access to this appliance. Makes the first token, so that somebody has. */
@Component(service = Access.class)
public final class Access {
  private static final String FIRST = "local-admin";

  private final Tokens tokens;
  private final Sessions sessions;
  private final Path firstToken;
  private final boolean made;

  /** Called by the container. */
  @Activate
  public Access(@Reference StateDirectory state) throws IOException {
    this(state.path(), Instant::now);
  }

  /** Access as noted in a folder. */
  public Access(Path folder, Supplier<Instant> clock) throws IOException {
    tokens = new Tokens(folder.resolve("tokens"));
    sessions = new Sessions(tokens, clock);
    firstToken = folder.resolve("admin.token");
    made = tokens.list().isEmpty();
    if (made) {
      Tokens.writePrivately(firstToken, tokens.add(FIRST, Role.ADMIN) + "\n");
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

  /** The file with the first token, if it was made just now. */
  public Optional<Path> madeFirstToken() {
    return made ? Optional.of(firstToken) : Optional.empty();
  }
}
