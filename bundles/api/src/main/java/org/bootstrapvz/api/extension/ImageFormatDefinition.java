/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.bootstrapvz.api.volume.ImageFormat;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Describes an {@link ImageFormatType}, as service properties of its component and as a capability
 * of its bundle. The information that the engine and the schemas need is here, so that the service
 * is activated only for a manifest that names it.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(
    namespace = "org.bootstrapvz.imageformat",
    attribute = "org.bootstrapvz.imageformat=${#name}")
public @interface ImageFormatDefinition {
  /** Prefix of the service properties. */
  String PREFIX_ = "bootstrapvz.imageformat.";

  /** The name manifests use: letters, digits and dashes. */
  String name();

  /** Its description, in a few words. */
  String description();

  /**
   * Path in the bundle of a JSON schema with the keys that it adds to {@code volume}, for example
   * {@code org/example/example.json}; empty if it adds none. The schema is applied to the whole of
   * that map, for manifests that name this type only. It may make keys required and must not forbid
   * keys that it does not know. It refers to no definitions.
   */
  String schema() default "";

  /**
   * The platforms that can run it, by the names in the schemas of providers: {@code qemu} (in the
   * schema of provider kvm), {@code virtualbox}, {@code vmware}, {@code hyper-v}, and those of
   * clouds: {@code ec2}.
   */
  String[] platforms();

  /** The kind of result. */
  ImageFormat.Content content() default ImageFormat.Content.FILE;

  /** The extension of the file name, without the dot; by default the name. */
  String extension() default "";

  /**
   * The name of the format in {@code qemu-img}: {@code raw} for the plain content of the disk.
   * Empty if a task of the bundle writes it.
   */
  String driver() default "";

  /** Options for {@code qemu-img} to write it: {@code subformat=fixed}. */
  String[] options() default {};

  /** Whether {@code qemu-img} can compress it. */
  boolean compressible() default false;

  /**
   * The maximum size of a disk: {@code 62TiB}; empty if it is only limited by the size of a file.
   */
  String maximum() default "";
}
