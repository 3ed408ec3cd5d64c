/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.bootstrapvz.appliance.api.audit.AuditActor;

/** The owner of a file, as far as that tells who changed it. */
public final class Owner {
  private Owner() {}

  /**
   * The owner of a file; without a name if the file is gone.
   *
   * @param from which directory the file is in
   */
  public static AuditActor of(Path file, String from) {
    String name = "";
    try {
      name = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
    } catch (IOException e) {
      // It was deleted: nobody knows by whom.
    }
    return new AuditActor(name, "", from);
  }
}
