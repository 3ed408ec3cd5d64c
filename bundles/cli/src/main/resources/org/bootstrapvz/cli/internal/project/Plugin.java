package @package@;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Writes a text into the image. */
@Component
@PluginDefinition(name = "@name@", description = "Writes a text into etc/@name@")
public final class @class@Plugin implements Plugin {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(Write@class@.class);
  }
}
