/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.workspace.Delivery;
import org.osgi.service.component.annotations.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the image from layer and configuration: a directory that OCI tools read, and one file for
 * {@code docker load}. They contain the same bytes, so they have the same digests.
 */
@Component
@TaskDefinition(
    description = "Creating the image",
    phase = Phase.IMAGE_REGISTRATION,
    requires = Layer.class,
    collects = {Label.class, Instruction.class},
    provides = OciImage.class,
    commands = "tar (tar)")
public final class CreateImage implements Task {
  private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
  private static final String BLOBS = "blobs/sha256";

  @Override
  public void run(Build build) throws BuildException, IOException {
    ImageReference name = ImageReference.parse(build.manifest().name());
    Layer layer = build.require(Layer.class);
    Path layout = build.workspace().resolve("layout");
    Files.createDirectories(layout.resolve(BLOBS));
    Path layerBlob = layout.resolve(BLOBS).resolve(Digest.fileName(layer.digest()));
    Files.move(layer.file(), layerBlob);
    OciImage.Blob config = write(layout, configuration(build, layer));
    OciImage.Blob manifest = write(layout, manifest(config, layer));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.write(layout.resolve("index.json"), json(index(build.manifest(), manifest, name)));
    Path archive = pack(build, layout, dockerManifest(name, config, layer), layer);

    Path target = build.workspace().resolveSibling(name.fileName() + ".oci");
    Path file = build.workspace().resolveSibling(name.fileName() + ".tar");
    Delivery.deliver(build, layout, target);
    Delivery.deliver(build, archive, file);
    build.log("The image is " + name + ", " + manifest.digest());
    build.provide(
        OciImage.class,
        new OciImage(
            target,
            manifest.digest(),
            List.of(new OciImage.Blob(layer.digest(), layer.size()), config)));
  }

  private static Map<String, Object> configuration(Build build, Layer layer) {
    ImageConfiguration configuration = new ImageConfiguration();
    build.all(Label.class).forEach(configuration::label);
    build.all(Instruction.class).forEach(configuration::apply);
    String time = layer.time().toString();
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("created", time);
    if (!configuration.author().isEmpty()) {
      image.put("author", configuration.author());
    }
    image.putAll(platform(build.manifest()));
    image.put("config", configuration.members());
    // In a fixed order, which Map.of does not guarantee: it is part of the digest.
    image.put("rootfs", map("type", "layers", "diff_ids", List.of(layer.contentDigest())));
    image.put("history", List.of(map("created", time, "created_by", "bootstrap-vz")));
    return image;
  }

  /** Go's name of the architecture of the programs: a container has no kernel of its own. */
  private static Map<String, Object> platform(Manifest manifest) {
    String debian = manifest.programArchitecture().text();
    return map("architecture", debian.equals("i386") ? "386" : debian, "os", "linux");
  }

  private static Map<String, Object> manifest(OciImage.Blob config, Layer layer) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", OciImage.MANIFEST_TYPE);
    manifest.put("config", descriptor(CONFIG_TYPE, config.digest(), config.size()));
    manifest.put("layers", List.of(descriptor(LAYER_TYPE, layer.digest(), layer.size())));
    return manifest;
  }

  private static Map<String, Object> index(
      Manifest manifest, OciImage.Blob image, ImageReference name) {
    Map<String, Object> descriptor =
        descriptor(OciImage.MANIFEST_TYPE, image.digest(), image.size());
    descriptor.put("platform", platform(manifest));
    descriptor.put("annotations", Map.of("org.opencontainers.image.ref.name", name.tag()));
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("schemaVersion", 2);
    index.put("mediaType", INDEX_TYPE);
    index.put("manifests", List.of(descriptor));
    return index;
  }

  /** The file that {@code docker load} reads. */
  private static List<Object> dockerManifest(
      ImageReference name, OciImage.Blob config, Layer layer) {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("Config", BLOBS + "/" + Digest.fileName(config.digest()));
    image.put("RepoTags", List.of(name.toString()));
    image.put("Layers", List.of(BLOBS + "/" + Digest.fileName(layer.digest())));
    return List.of(image);
  }

  private static Map<String, Object> descriptor(String type, String digest, long size) {
    Map<String, Object> descriptor = new LinkedHashMap<>();
    descriptor.put("mediaType", type);
    descriptor.put("digest", digest);
    descriptor.put("size", size);
    return descriptor;
  }

  private static Map<String, Object> map(Object... members) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      map.put((String) members[i], members[i + 1]);
    }
    return map;
  }

  private static byte[] json(Object value) {
    return JsonMapper.shared().writeValueAsBytes(value);
  }

  private static OciImage.Blob write(Path layout, Object value) throws IOException {
    byte[] bytes = json(value);
    String digest = Digest.of(bytes);
    Files.write(layout.resolve(BLOBS).resolve(Digest.fileName(digest)), bytes);
    return new OciImage.Blob(digest, bytes.length);
  }

  /**
   * Without index.json: tools that find both files read the name of the image from it, but it has
   * none.
   */
  private static Path pack(Build build, Path layout, List<Object> dockerManifest, Layer layer)
      throws BuildException, IOException {
    Path archive = build.workspace().resolve("image.tar");
    Path beside = Files.createDirectory(build.workspace().resolve("docker"));
    Files.write(beside.resolve("manifest.json"), json(dockerManifest));
    build.run(
        Command.of("tar", "--create", "--file=" + archive, "--format=gnu", "--sort=name")
            .with("--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX")
            .with("--mtime=@" + layer.time().getEpochSecond())
            .with("--directory=" + layout, "blobs")
            .with("--directory=" + beside, "manifest.json"));
    return archive;
  }
}
