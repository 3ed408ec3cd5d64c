/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.audit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.audit.AuditLog.Result;

/** Records changes of configuration files, by keys: a value may be a password. */
public final class ConfigurationAudit {
  private static final String FROM = "configuration directory";

  private final AuditLog log;

  /** Records in this log. */
  public ConfigurationAudit(AuditLog log) {
    this.log = log;
  }

  /** The changed values of a file are in use. */
  public void changed(Path file, Map<String, Object> before, Map<String, Object> after) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> Objects.deepEquals(before.get(key), after.get(key)));
    record(file, Result.OK, String.join(", ", keys));
  }

  /** A changed file is not used. */
  public void refused(Path file) {
    record(file, Result.REFUSED, "it has errors; the previous values stay in use");
  }

  private void record(Path file, Result result, String detail) {
    log.record(
        AuditAction.CONFIGURATION_CHANGED,
        Owner.of(file, FROM),
        String.valueOf(file.getFileName()),
        result,
        detail);
  }
}
