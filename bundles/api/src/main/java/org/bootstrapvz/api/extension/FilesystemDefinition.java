/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Describes a {@link FilesystemType}, as service properties of its component and as a capability of
 * its bundle. The information that the engine and the schemas need is here, so that the service is
 * activated only for a manifest that names it.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(
    namespace = "org.bootstrapvz.filesystem",
    attribute = "org.bootstrapvz.filesystem=${#name}")
public @interface FilesystemDefinition {
  /** Prefix of the service properties. */
  String PREFIX_ = "bootstrapvz.filesystem.";

  /** The name manifests use: letters, digits and dashes. */
  String name();

  /** Its description, in a few words. */
  String description();

  /**
   * Path in the bundle of a JSON schema with the keys that it adds to a partition, for example
   * {@code org/example/example.json}; empty if it adds none. The schema is applied to the whole of
   * that map, for manifests that name this type only. It may make keys required and must not forbid
   * keys that it does not know. It refers to no definitions.
   */
  String schema() default "";

  /** The minimum size of a partition to be formatted with it. */
  String minimum() default "1MiB";

  /** The maximum size of a partition to be formatted with it: {@code 16TiB}; empty for no limit. */
  String maximum() default "";

  /** The Debian package with the tools that the image needs for it; empty for none. */
  String debianPackage() default "";

  /**
   * The commands of the host that create it, each with its Debian package: {@code mkfs.f2fs
   * (f2fs-tools)}.
   */
  String[] commands() default {};

  /** The module of GRUB that reads it; empty if there is none. */
  String grubModule() default "";

  /**
   * The programs that {@code format_command} may run to create it; empty if it is not supported.
   */
  String[] formatCommands() default {};

  /** Whether it has to be mounted to be filled, which requires root. */
  boolean mounted() default false;

  /**
   * Whether {@link FilesystemType#create} writes into the image in place, at an offset. Otherwise
   * it is created in a separate file, which is copied into the image.
   */
  boolean atOffset() default false;

  /** Whether it is checked when the image boots. */
  boolean checked() default true;
}
