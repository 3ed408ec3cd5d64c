/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.function.Consumer;

/**
 * A rule of the migration to a later release. To add one, add it to the list of its theme, such as
 * {@link SystemRules#RULES}.
 *
 * @param changes the changes, for readers of the list @param reason the reason
 * @param change applies the rule to a manifest; does nothing if the rule does not apply
 */
record MigrationRule(String changes, String reason, Consumer<ManifestEditor> change) {}
