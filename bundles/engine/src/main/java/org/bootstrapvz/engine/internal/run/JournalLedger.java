/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bootstrapvz.api.resource.Ledger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Reads the journals of all builds of this machine. */
@Component
public final class JournalLedger implements Ledger {
  private final Journals journals;

  /** Uses the state directory that the properties of the framework name. */
  @Activate
  public JournalLedger(BundleContext context) {
    this(
        new Journals(
            Path.of(
                Objects.requireNonNull(
                    context.getProperty(BuilderService.STATE),
                    "The framework property " + BuilderService.STATE + " is not set"))));
  }

  JournalLedger(Journals journals) {
    this.journals = journals;
  }

  @Override
  public Map<String, Holder> held() throws IOException {
    Map<String, Holder> held = new TreeMap<>();
    for (Path file : journals.files()) {
      Optional<Journal> dead = journals.claim(file);
      if (dead.isPresent()) {
        try (Journal journal = dead.get()) {
          journal.held().values().forEach(entry -> held.put(entry.nonce(), Holder.DEAD));
        }
      } else {
        journals.noncesInUse(file).forEach(nonce -> held.put(nonce, Holder.RUNNING));
      }
    }
    return Collections.unmodifiableMap(held);
  }
}
