/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bootstrapvz.api.extension.DeployListener;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.audit.AuditLog.Result;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records changes of the deploy directory. A file in the state directory has what was there, so
 * that a start records what was changed while the appliance was stopped, and nothing else.
 */
@Component
public final class DeployAudit implements DeployListener {
  /** The file in the state directory: lines with the checksum and the name of a jar. */
  static final String FILE = "deployed";

  private static final String FROM = "deploy directory";
  private static final Logger LOG = LoggerFactory.getLogger(DeployAudit.class);

  private final AuditLog log;
  private final Path known;

  /** Checksums by the names of the jars. Guarded by this. */
  private final Map<String, String> jars = new TreeMap<>();

  /** Called by the container. */
  @Activate
  public DeployAudit(
      BundleContext context, @Reference StateDirectory state, @Reference AuditLog log) {
    this(Path.of(context.getProperty("bootstrapvz.deploy")), state.path().resolve(FILE), log);
  }

  DeployAudit(Path directory, Path known, AuditLog log) {
    this.log = log;
    this.known = known;
    read();
    for (String name : List.copyOf(jars.keySet())) {
      if (Files.notExists(directory.resolve(name))) {
        removed(directory.resolve(name));
      }
    }
  }

  private void read() {
    try {
      if (Files.exists(known)) {
        for (String line : Files.readAllLines(known)) {
          String[] words = line.split(" ", 2);
          if (words.length == 2) {
            jars.put(words[1], words[0]);
          }
        }
      }
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be read, so all plugins are recorded as deployed now: {}",
          known,
          e.toString());
    }
  }

  @Override
  public void deployed(Path file, String sha256, Optional<String> problem) {
    String name = String.valueOf(file.getFileName());
    synchronized (this) {
      if (sha256.equals(jars.put(name, sha256))) {
        return;
      }
      store();
    }
    log.record(
        AuditAction.PLUGIN_DEPLOYED,
        Owner.of(file, FROM),
        name,
        problem.isEmpty() ? Result.OK : Result.REFUSED,
        "sha256 " + sha256 + problem.map(text -> "; it " + text).orElse(""));
  }

  @Override
  public void removed(Path file) {
    String name = String.valueOf(file.getFileName());
    synchronized (this) {
      if (jars.remove(name) == null) {
        return;
      }
      store();
    }
    log.record(AuditAction.PLUGIN_REMOVED, Owner.of(file, FROM), name, Result.OK, "");
  }

  /** If this fails, the next start records the change again. */
  private void store() {
    StringBuilder lines = new StringBuilder();
    jars.forEach((name, sha256) -> lines.append(sha256).append(' ').append(name).append('\n'));
    try {
      DurableFile.replace(known, lines.toString());
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", known, e.toString());
    }
  }
}
