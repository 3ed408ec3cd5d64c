/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.osgi.service.component.annotations.Component;

/**
 * Gives a file or directory that had to make room for a new one back by moving it to its place
 * again, if the new one is not there: the build failed, was cancelled, or its process died in
 * between.
 */
@Component(property = ResourceType.TYPE + "=" + ReplacedArtefact.TYPE)
public final class ReplacedArtefact implements ResourceType {
  /** Names it in a build's journal. */
  public static final String TYPE = "replaced-artefact";

  private static final String PLACE = "place";
  private static final String ASIDE = "aside";

  /**
   * A file or directory that makes room.
   *
   * @param place where it belongs
   * @param aside where it is moved to, on the same filesystem
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
      Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
      context.log("The older " + place + " was restored");
    }
  }
}
