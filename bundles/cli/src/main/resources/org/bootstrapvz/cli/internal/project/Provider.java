package @package@;

import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Delivers a description of the image. */
@Component
@ProviderDefinition(name = "@name@", description = "Delivers a description of the image")
public final class @class@Provider implements Provider {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks
        .add("org.bootstrapvz.common.workspace.CreateWorkspace")
        .add(Describe@class@.class);
  }
}
