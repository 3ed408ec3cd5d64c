package @package@;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Writes the text of the manifest into the image. */
@Component
@TaskDefinition(
    description = "Writing etc/@name@",
    phase = Phase.SYSTEM_MODIFICATION,
    after = "org.bootstrapvz.common.network.SetHostname")
public final class Write@class@ implements Task {
  @Override
  public void run(Build build) throws IOException {
    Manifest manifest = build.manifest();
    String text = manifest.expand(manifest.at("plugins.@name@.text").text());
    build.root().write("etc/@name@", text + "\n");
  }
}
