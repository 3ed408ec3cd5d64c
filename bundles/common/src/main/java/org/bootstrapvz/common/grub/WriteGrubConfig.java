/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.osgi.service.component.annotations.Component;

/** Writes the settings of GRUB and the kernel parameters into /etc/default/grub. */
@Component
@TaskDefinition(
    description = "Writing GRUB's defaults",
    phase = Phase.SYSTEM_MODIFICATION,
    collects = {GrubSetting.class, KernelParameter.class})
public final class WriteGrubConfig implements Task {
  private static final String NOTICE =
      "# Written by bootstrap-vz. Run update-grub after changing it.\n";

  @Override
  public void run(Build build) throws BuildException, IOException {
    build
        .root()
        .write(
            "etc/default/grub",
            text(build.all(GrubSetting.class), build.all(KernelParameter.class)));
  }

  static String text(List<GrubSetting> settings, List<KernelParameter> parameters) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("GRUB_DEFAULT", "0");
    values.put("GRUB_TIMEOUT", "5");
    values.put("GRUB_DISTRIBUTOR", "Debian");
    values.put(
        "GRUB_CMDLINE_LINUX",
        parameters.stream().map(KernelParameter::text).collect(Collectors.joining(" ")));
    settings.forEach(setting -> values.put(setting.key(), setting.value()));
    StringBuilder text = new StringBuilder(NOTICE);
    values.forEach((key, value) -> text.append(key).append('=').append(quoted(value)).append('\n'));
    return text.toString();
  }

  /** The file is read by a shell. */
  private static String quoted(String value) {
    return value.matches("\\d+") ? value : '"' + value.replaceAll("[\"$`\\\\]", "\\\\$0") + '"';
  }
}
