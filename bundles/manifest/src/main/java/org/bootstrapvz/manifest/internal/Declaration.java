/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.List;
import java.util.Optional;

/**
 * A variable of a manifest.
 *
 * @param where the declaration with precedence
 * @param initial the default
 * @param choices the allowed values; all if there are none
 * @param isFaulty whether its default was reported as an error
 */
record Declaration(
    String name,
    Value where,
    VariableType type,
    Optional<Node> initial,
    List<Node> choices,
    boolean isFaulty) {}
