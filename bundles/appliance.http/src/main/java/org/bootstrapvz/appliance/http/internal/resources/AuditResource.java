/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import static org.bootstrapvz.appliance.api.access.Role.ADMIN;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.bootstrapvz.appliance.api.audit.AuditEntry;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log, for admins. */
@Component
public final class AuditResource implements HttpResource {
  private static final int DEFAULT_LIMIT = 100;

  private final AuditLog log;

  /** Called by the container. */
  @Activate
  public AuditResource(@Reference AuditLog log) {
    this.log = log;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/audit", ADMIN, this::list));
  }

  /**
   * A page.
   *
   * @param next the {@code before} of the next page; absent if this is the last
   */
  record Page(List<AuditEntry> entries, OptionalLong next) {}

  private Response list(Request request) throws HttpProblem {
    long before = request.query("before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
    int limit = (int) request.query("limit", DEFAULT_LIMIT, 1, AuditLog.MAX_PAGE);
    try {
      List<AuditEntry> entries = log.entries(OptionalLong.of(before), limit);
      return Response.json(
          200,
          new Page(
              entries,
              entries.size() < limit
                  ? OptionalLong.empty()
                  : OptionalLong.of(entries.get(limit - 1).number())));
    } catch (IOException e) {
      throw new HttpProblem(503, "The audit log cannot be read: " + e.getMessage());
    }
  }
}
