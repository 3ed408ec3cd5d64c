/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.Set;

/** Names of the types of values that a task declares it requires, collects and provides. */
public record TaskValues(Set<String> requires, Set<String> collects, Set<String> provides) {}
