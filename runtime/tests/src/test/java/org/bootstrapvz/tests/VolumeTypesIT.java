/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.extension.VolumeTypeCatalog;
import org.bootstrapvz.api.manifest.ManifestSchema;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.volume.VolumeType;
import org.bootstrapvz.testkit.StandardTypes;
import org.bootstrapvz.tests.sample.Hold;
import org.bootstrapvz.tests.sample.Mark;
import org.bootstrapvz.tests.sample.SampleBootloader;
import org.bootstrapvz.tests.sample.SampleFilesystem;
import org.bootstrapvz.tests.sample.TinyProvider;
import org.bootstrapvz.tests.sample.VhdxFormat;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Bootloaders, image formats and filesystems are added to and removed from the deploy directory.
 */
@RunWith(PaxExam.class)
public class VolumeTypesIT {
  /** The types that only provider.ec2 knows, which the test kit does not have. */
  private static final List<String> OF_EC2 = List.of("pvgrub", "ebs", "s3");

  private static final String SUBFORMAT =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {
          "subformat": { "description": "Kind of a vhdx", "enum": ["dynamic", "fixed"] }
        }
      }
      """;

  @Inject private BundleContext context;
  private Platform platform;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options()};
  }

  @Before
  public void startPlatform() throws Exception {
    platform = Platform.start(context);
    System.getProperties().put(Hold.RUNNING, running);
    System.getProperties().put(Hold.GO_ON, goOn);
    platform.untilRegistered(
        Platform.task("Holding"),
        () ->
            Platform.deploy(
                new SampleBundle("org.acme.tiny", "1.0.0")
                    .provider("tiny", TinyProvider.class)
                    .task(Hold.class, Phase.PREPARATION, "Holding")
                    .write(),
                "tiny.jar"));
  }

  private static Path vhdx() throws IOException {
    return new SampleBundle("org.acme.vhdx", "1.0.0")
        .type(
            ImageFormatType.class,
            VhdxFormat.class,
            "bootstrapvz.imageformat.",
            Map.of(
                "name", "vhdx",
                "description", "Format of Hyper-V",
                "platforms", "qemu",
                "driver", "vhdx",
                "options", "subformat=dynamic",
                "schema", "vhdx.json"))
        .text("vhdx.json", SUBFORMAT)
        .write();
  }

  private static Path bootloader() throws IOException {
    return new SampleBundle("org.acme.boot", "1.0.0")
        .type(
            BootloaderType.class,
            SampleBootloader.class,
            "bootstrapvz.bootloader.",
            Map.of(
                "name", "acme-boot",
                "description", "Boots",
                "firmware", "UEFI",
                "partitionTable", "true"))
        .task(Mark.class, Phase.SYSTEM_MODIFICATION, "Installing acme-boot")
        .type("org.bootstrapvz.tests.sample.Generation")
        .text("generation.txt", "of the bootloader")
        .write();
  }

  private static Path filesystem(int generation) throws IOException {
    return new SampleBundle("org.acme.filesystem", generation + ".0.0")
        .importing("org.bootstrapvz.api.value;version=\"[1,2)\"")
        .importing("org.bootstrapvz.api.volume;version=\"[1,2)\"")
        .type(
            FilesystemType.class,
            SampleFilesystem.class,
            "bootstrapvz.filesystem.",
            Map.of("name", "acmefs", "description", "Generation " + generation))
        .type("org.bootstrapvz.tests.sample.Generation")
        .text("generation.txt", "generation " + generation)
        .write();
  }

  /** The filter for a service of a type with this description. */
  private static String type(Class<?> service, String kind, String description) {
    return "(&("
        + Constants.OBJECTCLASS
        + "="
        + service.getName()
        + ")(bootstrapvz."
        + kind
        + ".description="
        + description
        + "))";
  }

  private void deployVhdx() throws Exception {
    platform.untilRegistered(
        type(ImageFormatType.class, "imageformat", "Format of Hyper-V"),
        () -> Platform.deploy(vhdx(), "vhdx.jar"));
    platform.awaitCatalog("vhdx", ExtensionInfo.State.ACTIVE);
  }

  private static Path manifest(
      String name, String provider, String bootloader, String backing, String filesystem)
      throws IOException {
    Path file = Platform.WORK.resolve(name + ".yml");
    Files.createDirectories(Platform.WORK);
    Files.writeString(
        file,
        """
        name: %s
        provider: {name: %s}
        bootstrapper: {workspace: %s}
        system:
          release: trixie
          architecture: amd64
          bootloader: %s
          charmap: UTF-8
          locale: en_US
          timezone: UTC
        volume:
          backing: %s
          partitions:
            type: gpt
            root: {filesystem: %s, size: 128MiB}
        """
            .formatted(
                name, provider, Platform.WORK.resolve("target"), bootloader, backing, filesystem));
    return file;
  }

  private Planning plan(Path manifest) {
    return platform.service(Planner.class).plan(manifest);
  }

  /** Waits until a manifest has a plan, or has none. */
  private Planning awaitPlan(Path manifest, boolean expected) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Planning planning;
    do {
      planning = plan(manifest);
    } while (planning.plan().isPresent() != expected && System.nanoTime() < end);
    assertEquals(planning.problems().toString(), expected, planning.plan().isPresent());
    return planning;
  }

  private static PlannedTask task(Planning planning, String id) {
    return planning.plan().orElseThrow().tasks().stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is not in the plan"));
  }

  private CompletableFuture<BuildResult> build(Path manifest) {
    Builder builder = platform.service(Builder.class);
    return CompletableFuture.supplyAsync(
        () -> builder.build(BuildRequest.of(manifest), event -> {}));
  }

  private static BuildResult await(CompletableFuture<BuildResult> build) throws Exception {
    BuildResult result = build.get(120, TimeUnit.SECONDS);
    assertEquals(result.error().toString(), BuildResult.Status.SUCCEEDED, result.status());
    return result;
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  public void anImageFormatInAJarIsKnownToSchemaChecksPlanAndBuildUntilTheJarIsRemoved()
      throws Exception {
    Path kvm = manifest("kvm-vhdx", "kvm", "grub", "vhdx", "ext4");
    Path virtualbox = manifest("virtualbox-vhdx", "virtualbox", "grub", "vhdx", "ext4");
    String unknown = plan(kvm).problems().toString();
    assertTrue(unknown, unknown.contains("\"vhdx\" is not allowed here. Did you mean vhd?"));
    assertFalse(platform.service(ManifestSchema.class).text().contains("vhdx"));

    deployVhdx();

    String schema = platform.service(ManifestSchema.class).text();
    assertTrue(schema, schema.contains("\"vhdx\"") && schema.contains("Kind of a vhdx"));
    Planning planning = awaitPlan(kvm, true);
    assertEquals(
        List.of("image format vhdx"),
        task(planning, "org.bootstrapvz.common.image.ConvertImage").requestedBy());
    String refused = plan(virtualbox).problems().toString();
    assertTrue(refused, refused.contains("\"vhdx\" is not allowed here"));
    assertTrue(refused, refused.contains("Allowed: raw, vdi, vmdk"));
    Path wrong = manifest("wrong", "kvm", "grub", "vhdx", "ext4");
    Files.writeString(wrong, Files.readString(wrong) + "  subformat: streamOptimized\n");
    assertTrue(plan(wrong).problems().toString().contains("Allowed: dynamic, fixed"));

    goOn.countDown();
    platform.untilRegistered(
        type(BootloaderType.class, "bootloader", "Boots"),
        () -> Platform.deploy(bootloader(), "boot.jar"));
    // The empty root has no kernel, which a build without a bootloader would deliver.
    Path tiny = manifest("tiny", "tiny", "acme-boot", "vhdx", "ext4");
    Files.writeString(tiny, Files.readString(tiny) + "  subformat: fixed\n");
    BuildResult result = await(build(tiny));
    Path image = ((Artefact.Local) result.artefacts().get(0)).path();
    assertEquals("tiny.vhdx", image.getFileName().toString());
    String info = output("qemu-img", "info", "--output=json", image.toString());
    assertTrue(info, info.replace(" ", "").contains("\"format\":\"vhdx\""));
    assertTrue("a fixed image takes all of its size", Files.size(image) >= 128 << 20);

    Files.delete(Platform.DEPLOY.resolve("vhdx.jar"));
    String gone = awaitPlan(kvm, false).problems().toString();
    assertTrue(gone, gone.contains("\"vhdx\" is not allowed here. Did you mean vhd?"));
    assertFalse(platform.service(ManifestSchema.class).text().contains("vhdx"));
  }

  @Test
  public void aBootloaderInAJarIsKnownWithItsChecksItsTasksAndItsPartition() throws Exception {
    Path manifest = manifest("boot", "kvm", "acme-boot", "qcow2", "ext4");
    String unknown = plan(manifest).problems().toString();
    assertTrue(unknown, unknown.contains("\"acme-boot\" is not allowed here"));

    platform.untilRegistered(
        type(BootloaderType.class, "bootloader", "Boots"),
        () -> Platform.deploy(bootloader(), "boot.jar"));

    Planning planning = awaitPlan(manifest, true);
    assertEquals(
        List.of("bootloader acme-boot"), task(planning, Mark.class.getName()).requestedBy());
    assertTrue(
        "its image has an EFI system partition",
        planning.plan().orElseThrow().hostCommands().stream()
            .anyMatch(command -> command.name().equals("mkfs.vfat")));
    String superstitious =
        plan(manifest("boot-13", "kvm", "acme-boot", "qcow2", "ext4")).problems().toString();
    assertTrue(superstitious, superstitious.contains("The bootloader is superstitious"));
    Path bios = manifest("bios", "kvm", "acme-boot", "qcow2", "ext4");
    Files.writeString(
        bios, Files.readString(bios).replace("  charmap", "  firmware: bios\n  charmap"));
    assertTrue(plan(bios).problems().toString().contains("acme-boot is started by UEFI only"));
  }

  @Test
  public void aRunningBuildMakesItsFilesystemsWithTheGenerationItWasPlannedWith() throws Exception {
    platform.untilRegistered(
        type(FilesystemType.class, "filesystem", "Generation 1"),
        () -> Platform.deploy(filesystem(1), "filesystem.jar"));
    platform.untilRegistered(
        type(BootloaderType.class, "bootloader", "Boots"),
        () -> Platform.deploy(bootloader(), "boot.jar"));
    Path manifest = manifest("generations", "tiny", "acme-boot", "raw", "acmefs");
    awaitPlan(manifest, true);

    CompletableFuture<BuildResult> build = build(manifest);
    assertTrue(running.await(60, TimeUnit.SECONDS));
    platform.untilRegistered(
        type(FilesystemType.class, "filesystem", "Generation 2"),
        () -> Platform.deploy(filesystem(2), "filesystem.jar"));
    platform.untilUninstalled(
        bundle -> "org.acme.filesystem".equals(bundle.getSymbolicName()),
        () -> {
          goOn.countDown();
          assertTrue(content(await(build)).contains("generation 1"));
        });

    assertTrue(content(await(build(manifest))).contains("generation 2"));
  }

  private static String content(BuildResult result) throws IOException {
    Path image = ((Artefact.Local) result.artefacts().get(0)).path();
    return Files.readString(image, StandardCharsets.ISO_8859_1);
  }

  @Test
  public void theTestKitKnowsTheTypesThatAreInstalled() {
    var installed = platform.service(VolumeTypeCatalog.class).volumeTypes();
    var standard = StandardTypes.all();

    assertEquals(described(standard.bootloaders()), standard(installed.bootloaders()));
    assertEquals(described(standard.imageFormats()), standard(installed.imageFormats()));
    assertEquals(described(standard.filesystems()), described(installed.filesystems()));
  }

  private static List<String> standard(List<? extends VolumeType> types) {
    return described(types.stream().filter(type -> !OF_EC2.contains(type.name())).toList());
  }

  private static List<String> described(List<? extends VolumeType> types) {
    List<String> described = new ArrayList<>();
    for (VolumeType type : types) {
      StringBuilder text = new StringBuilder(type.getClass().getSimpleName());
      for (var component : type.getClass().getRecordComponents()) {
        text.append(' ').append(component.getName()).append('=');
        try {
          Object value = component.getAccessor().invoke(type);
          text.append(component.getName().equals("schema") ? type.schema().isPresent() : value);
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(e);
        }
      }
      described.add(text.toString());
    }
    return described;
  }
}
