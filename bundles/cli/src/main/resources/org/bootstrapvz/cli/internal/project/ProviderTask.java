package @package@;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Delivers a file beside the workspace that describes the image. */
@Component
@TaskDefinition(description = "Describing the image", phase = Phase.IMAGE_REGISTRATION)
public final class Describe@class@ implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Manifest manifest = build.manifest();
    String text = manifest.expand(manifest.at("provider.text").text("an image"));
    Path file = build.workspace().resolveSibling(manifest.name() + ".txt");
    if (Files.exists(file)) {
      throw new BuildException(file + " is there already. Move it away, or change name");
    }
    build.acquire(
        ResourceSpec.file(file), () -> Files.writeString(file, manifest.name() + ": " + text + "\n"));
    build.deliver(file);
  }
}
