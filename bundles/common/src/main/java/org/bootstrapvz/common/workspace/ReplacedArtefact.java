/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.osgi.service.component.annotations.Component;

/**
 * Releases a replaced file or directory by moving it back to its place if the new one is not there:
 * the build failed or was cancelled, or its process died in between.
 */
@Component(property = ResourceType.TYPE + "=" + ReplacedArtefact.TYPE)
public final class ReplacedArtefact implements ResourceType {
  /** The resource type in the journal of a build. */
  public static final String TYPE = "replaced-artefact";

  private static final String PLACE = "place";
  private static final String ASIDE = "aside";

  /**
   * A file or directory that is being replaced.
   *
   * @param place its path
   * @param aside its temporary path, on the same filesystem
   */
  static ResourceSpec spec(Path place, Path aside) {
    return new ResourceSpec(
        TYPE, Map.of(PLACE, place.toString(), ASIDE, aside.toString()), "older " + place);
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws IOException {
    Path place = Path.of(spec.parameters().get(PLACE));
    Path aside = Path.of(spec.parameters().get(ASIDE));
    if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
      DurableFile.move(aside, place);
      context.log("The older " + place + " was restored");
    }
  }
}
