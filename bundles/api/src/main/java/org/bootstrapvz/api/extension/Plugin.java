/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Adds optional features to images of any provider. Manifests choose it by its name in {@code
 * plugins}. A service with a {@link PluginDefinition}.
 */
@ConsumerType
public interface Plugin extends Extension {}
