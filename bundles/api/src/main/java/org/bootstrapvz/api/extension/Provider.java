/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Builds images for one cloud, hypervisor or container engine. Manifests choose it by {@code
 * provider.name}. A service with a {@link ProviderDefinition}.
 */
@ConsumerType
public interface Provider extends Extension {}
