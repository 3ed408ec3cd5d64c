/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

/**
 * The kernel the image boots.
 *
 * @param release as {@code uname -r} will say: {@code 6.12.48+deb13-amd64}
 */
public record KernelVersion(String release) {}
