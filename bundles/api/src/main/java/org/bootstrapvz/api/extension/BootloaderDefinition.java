/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.bootstrapvz.api.volume.Firmware;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Describes a {@link BootloaderType}, as service properties of its component and as a capability of
 * its bundle. The information that the engine and the schemas need is here, so that the service is
 * activated only for a manifest that names it.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(
    namespace = "org.bootstrapvz.bootloader",
    attribute = "org.bootstrapvz.bootloader=${#name}")
public @interface BootloaderDefinition {
  /** Prefix of the service properties. */
  String PREFIX_ = "bootstrapvz.bootloader.";

  /** The name manifests use: letters, digits and dashes. */
  String name();

  /** Its description, in a few words. */
  String description();

  /**
   * Path in the bundle of a JSON schema with the keys that it adds to {@code system}, for example
   * {@code org/example/example.json}; empty if it adds none. The schema is applied to the whole of
   * that map, for manifests that name this type only. It may make keys required and must not forbid
   * keys that it does not know. It refers to no definitions.
   */
  String schema() default "";

  /** The firmware that starts it, BIOS or UEFI or both; empty if nothing on the volume is. */
  Firmware[] firmware() default {};

  /** The architectures of kernels it can start: {@code amd64}; empty for all. */
  String[] architectures() default {};

  /** Whether the volume needs a partition table. */
  boolean partitionTable() default false;

  /**
   * Whether the part that a BIOS starts is outside of the filesystems. A GPT then gets a BIOS boot
   * partition.
   */
  boolean embedded() default false;

  /**
   * Whether the EFI system partition holds the kernel and its initramfs. It is then larger by
   * default.
   */
  boolean kernelOnEsp() default false;

  /** Whether its installation mounts the image, which requires root. */
  boolean mounted() default false;

  /** Features of ext4 that it cannot read: {@code 64bit}. */
  String[] unreadableFeatures() default {};
}
