/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a {@link Provider}, as service properties of its component and as a capability of its
 * bundle.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(namespace = "org.bootstrapvz.provider", attribute = "org.bootstrapvz.provider=${#name}")
public @interface ProviderDefinition {
  /** Prefix of the service properties. */
  String PREFIX_ = "bootstrapvz.provider.";

  /** The name that manifests use. */
  String name();

  /** Its purpose, in one sentence. */
  String description();
}
