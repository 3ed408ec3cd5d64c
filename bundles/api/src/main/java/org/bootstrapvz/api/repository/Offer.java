/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import org.bootstrapvz.api.extension.ExtensionInfo;

/**
 * A plugin, a provider or a type of a volume in an index.
 *
 * @param kind its kind
 * @param name the name that manifests use
 * @param version version of its bundle
 * @param description the description of its bundle; may be empty
 * @param bundle symbolic name of its bundle
 */
public record Offer(
    ExtensionInfo.Kind kind, String name, String version, String description, String bundle) {}
