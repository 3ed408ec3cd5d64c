/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

/**
 * A parameter on the command line of the kernel, with any bootloader. Parameters are in the order
 * in which they were provided.
 *
 * @param text the parameter: {@code console=ttyS0,115200n8}
 */
public record KernelParameter(String text) {}
