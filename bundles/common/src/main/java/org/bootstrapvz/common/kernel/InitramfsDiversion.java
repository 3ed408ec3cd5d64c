/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

/**
 * While packages are installed, update-initramfs does nothing.
 *
 * @param original where the real one waits, a path of the image
 */
public record InitramfsDiversion(String original) {}
