/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

/**
 * The complete command line of the kernel.
 *
 * @param text {@code root=UUID=… ro console=ttyS0,115200n8}
 */
public record KernelCommandLine(String text) {}
