/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Labels the image with name, architecture, date, and the labels of the manifest, which take
 * precedence.
 */
@Component
@TaskDefinition(
    description = "Labelling the image",
    phase = Phase.IMAGE_REGISTRATION,
    requires = Layer.class,
    provides = Label.class)
public final class PopulateLabels implements Task {
  @Override
  public void run(Build build) {
    Manifest manifest = build.manifest();
    build.provide(Label.class, new Label("name", manifest.name()));
    build.provide(Label.class, new Label("architecture", manifest.architecture()));
    build.provide(
        Label.class, new Label("build-date", build.require(Layer.class).time().toString()));
    manifest
        .at("provider.labels")
        .entries()
        .forEach(
            (name, value) ->
                build.provide(Label.class, new Label(name, manifest.expand(value.text()))));
  }
}
