/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.volume.DiskSpace;
import org.bootstrapvz.volume.ImageFile;
import org.osgi.service.component.annotations.Component;

/**
 * Converts the volume into the format of the manifest, with the driver and the options of the
 * format.
 */
@Component
@TaskDefinition(
    description = "Converting the image",
    phase = Phase.IMAGE_REGISTRATION,
    successors = MoveImage.class,
    requires = ImageFile.class,
    collects = Compression.class,
    provides = ConvertedImage.class,
    commands = "qemu-img (qemu-utils)")
public final class ConvertImage implements Task {
  private static final String SUBFORMAT = "subformat=";
  private static final Pattern PROGRESS = Pattern.compile("\\s*\\(([0-9.]+)/100%\\)\\s*");

  @Override
  public void run(Build build) throws BuildException, IOException {
    ImageFormat format = build.manifest().imageFormat();
    Path target = build.workspace().resolve("image." + format.extension());
    boolean compressed = !build.all(Compression.class).isEmpty();
    Command convert =
        Command.of("qemu-img", "convert", "-p", "-f", "raw", "-O", format.driver())
            .with(compressed && format.compressible() ? List.of("-c") : List.of())
            .with(options(format, build.manifest()))
            .with(build.require(ImageFile.class).path().toString(), target.toString())
            .lines(line -> showProgress(build, line, format.name()));
    try {
      build.acquire(ResourceSpec.file(target), () -> build.run(convert));
    } catch (CommandException e) {
      throw DiskSpace.explain(e, build.workspace());
    }
    build.provide(ConvertedImage.class, new ConvertedImage(target, format.extension()));
  }

  /** The options of the format; its subformat is that of the manifest, if it names one. */
  private static List<String> options(ImageFormat format, Manifest manifest) {
    List<String> options = new ArrayList<>(format.options());
    ManifestValue subformat = manifest.at("volume.subformat");
    if (subformat.exists()) {
      options.removeIf(option -> option.startsWith(SUBFORMAT));
      options.add(SUBFORMAT + subformat.text());
    }
    return options.isEmpty() ? List.of() : List.of("-o", String.join(",", options));
  }

  static boolean showProgress(Build build, String line, String format) {
    Matcher progress = PROGRESS.matcher(line);
    if (progress.matches()) {
      build.progress(Double.parseDouble(progress.group(1)) / 100, "writing " + format);
    }
    return progress.matches();
  }
}
