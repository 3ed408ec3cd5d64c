/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a {@link Plugin}, as service properties of its component and as a capability of its bundle.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(namespace = "org.bootstrapvz.plugin", attribute = "org.bootstrapvz.plugin=${#name}")
public @interface PluginDefinition {
  /** Prefix of the service properties. */
  String PREFIX_ = "bootstrapvz.plugin.";

  /** The name that manifests use. */
  String name();

  /** Its purpose, in one sentence. */
  String description();
}
