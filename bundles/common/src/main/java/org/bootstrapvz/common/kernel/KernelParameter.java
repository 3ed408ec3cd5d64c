/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

/**
 * A parameter on the kernel's command line, whatever bootloader hands it over. They stand there in
 * the order in which they were provided.
 *
 * @param text the parameter: {@code console=ttyS0,115200n8}
 */
public record KernelParameter(String text) {}
