/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.connection;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.cloud.ledger.HostName;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.common.image.MoveImage;

/** What a manifest says about the upload of its image. */
public final class Upload {
  /** The tag by which EC2 shows a name. */
  private static final String NAME_TAG = "Name";

  private Upload() {}

  /**
   * Returns whether the image is uploaded. In the original it always was: its manifests name where
   * the disk of the machine is, or whose login is used, and need no further key.
   */
  public static boolean isWanted(Manifest manifest) {
    return !manifest.at("volume.backing").text("").equals("raw")
        || manifest.at("provider.upload").exists()
        || manifest.at("provider.credentials.access-key").exists()
        || manifest.at("provider.profile").exists();
  }

  /** Returns the text that describes snapshot and image; may be empty. */
  public static String description(Manifest manifest) {
    return manifest.expand(manifest.at("provider.description").text(""));
  }

  /** Returns the tags of a resource that is not complete: the mark, and those of the manifest. */
  public static Map<String, String> tags(Manifest manifest, String nonce) {
    Map<String, String> tags = new TreeMap<>();
    tags.put(NAME_TAG, manifest.name());
    manifest
        .at("tags")
        .entries()
        .forEach((name, value) -> tags.put(name, manifest.expand(value.text())));
    tags.putAll(new Mark(nonce, HostName.get(), manifest.name(), Mark.State.BUILDING).tags());
    return Collections.unmodifiableMap(tags);
  }

  /** Returns the file of the image. */
  public static Path file(Build build) {
    return MoveImage.target(build, build.manifest().imageFormat().extension());
  }

  /** Returns the error of an upload, with where the image is. */
  public static BuildException failed(Build build, BuildException problem) {
    return problem instanceof BuildCancelledException
        ? problem
        : new BuildException(
            problem.getMessage() + "\nThe image was not uploaded; it is complete in " + file(build),
            problem);
  }
}
