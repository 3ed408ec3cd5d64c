/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.audit;

import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.audit.AuditLog.Result;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;

/** Records what requests change. */
public final class RequestAudit {
  /** Errors of a request itself are not recorded: nobody could do anything with it. */
  private static final int BAD_REQUEST = 400;

  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  private final AuditLog log;

  /** Records in this log. */
  public RequestAudit(AuditLog log) {
    this.log = log;
  }

  /** Changes something. */
  @FunctionalInterface
  public interface Change<T> {
    /** Changes it. */
    T make() throws Exception;
  }

  /** Records that a request changed something. */
  public void done(AuditAction action, Request request, String object, String detail) {
    log.record(action, actor(request), object, Result.OK, detail);
  }

  /** Changes something, and records it, also if the change is refused or fails. */
  public <T> T change(
      AuditAction action, Request request, String object, String detail, Change<T> change)
      throws HttpProblem {
    T result = attempt(action, request, object, change);
    done(action, request, object, detail);
    return result;
  }

  /** Changes something, and records it only if the change is refused or fails. */
  public <T> T attempt(AuditAction action, Request request, String object, Change<T> change)
      throws HttpProblem {
    try {
      return change.make();
    } catch (HttpProblem e) {
      if (e.status() != BAD_REQUEST && e.status() != NOT_FOUND) {
        failed(action, request, object, e.status() >= SERVER_ERROR, e);
      }
      throw e;
    } catch (BuildsException e) {
      switch (e.reason()) {
        case INVALID, UNKNOWN -> {}
        case CONFLICT -> failed(action, request, object, false, e);
        case UNAVAILABLE -> failed(action, request, object, true, e);
      }
      throw e;
    } catch (RuntimeException e) {
      failed(action, request, object, true, e);
      throw e;
    } catch (Exception e) {
      failed(action, request, object, true, e);
      throw new IllegalStateException(e);
    }
  }

  private void failed(
      AuditAction action, Request request, String object, boolean error, Exception reason) {
    log.record(
        action,
        actor(request),
        object,
        error ? Result.FAILED : Result.REFUSED,
        String.valueOf(reason.getMessage()));
  }

  private static AuditActor actor(Request request) {
    return AuditActor.of(request.caller(), request.remoteAddress());
  }
}
