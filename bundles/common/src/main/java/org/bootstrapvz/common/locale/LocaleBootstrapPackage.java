/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.locale;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the packages that contain locales and time zones. */
@Component
@TaskDefinition(
    description = "Adding the packages of locales and time zones",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class LocaleBootstrapPackage implements Task {
  @Override
  public void run(Build build) {
    build.provide(PackageRequest.class, PackageRequest.of("locales"));
    build.provide(PackageRequest.class, PackageRequest.of("tzdata"));
  }
}
