/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.audit.AuditLog;
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

  /**
   * Called by the container. An exception here would be described by stack traces, so without
   * readable tokens nobody has access, and the appliance ends with the reason.
   */
  @Activate
  public Access(
      @Reference StateDirectory state, @Reference ServerStatus status, @Reference AuditLog log) {
    Access read = open(state.path(), status);
    tokens = read.tokens;
    sessions = read.sessions;
    firstToken = read.firstToken;
    created = read.created;
    if (created) {
      log.record(
          AuditAction.TOKEN_CREATED,
          new AuditActor("", "", "appliance"),
          "token " + FIRST_NAME,
          AuditLog.Result.OK,
          "role " + Role.ADMIN + ", as there was no token");
      status.firstTokenCreated(firstToken);
    }
  }

  private static Access open(Path directory, ServerStatus status) {
    try {
      return new Access(directory, Instant::now);
    } catch (IOException e) {
      status.failed(List.of("The access tokens cannot be used: " + e.getMessage()));
      return new Access(Tokens.none(directory.resolve("tokens")), directory, Instant::now, false);
    }
  }

  /** Access as stored in a directory. */
  public Access(Path directory, Supplier<Instant> clock) throws IOException {
    this(new Tokens(directory.resolve("tokens")), directory, clock);
  }

  private Access(Tokens tokens, Path directory, Supplier<Instant> clock) throws IOException {
    this(tokens, directory, clock, tokens.list().isEmpty());
    if (created) {
      PrivateFiles.write(firstToken, tokens.add(FIRST_NAME, Role.ADMIN) + "\n");
    }
  }

  private Access(Tokens tokens, Path directory, Supplier<Instant> clock, boolean created) {
    this.tokens = tokens;
    this.sessions = new Sessions(tokens, clock);
    this.firstToken = directory.resolve("admin.token");
    this.created = created;
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
