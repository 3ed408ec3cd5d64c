/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

/**
 * The version of the kernel that the image boots.
 *
 * @param release the output of {@code uname -r}: {@code 6.12.48+deb13-amd64}
 */
public record KernelVersion(String release) {}
