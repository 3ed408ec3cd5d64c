/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.osgi.service.component.annotations.Component;

/** Releases files of the host by deleting them, except delivered ones. */
@Component(property = ResourceType.TYPE + "=" + ResourceSpec.FILE)
public final class FileResource implements ResourceType {
  @Override
  public void release(ResourceSpec spec, ReleaseContext context)
      throws BuildException, IOException {
    Optional<HostPath> file = HostPath.of(spec);
    if (file.isPresent() && !file.get().mustStay(file.get().path())) {
      Files.deleteIfExists(file.get().path());
    }
  }
}
