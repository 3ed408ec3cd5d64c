/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemd;

/**
 * A unit to be installed and enabled in the image.
 *
 * @param name its name with the suffix: {@code expand-root.service}
 * @param content the text of its file
 */
public record SystemdUnit(String name, String content) {}
