/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

/**
 * Provided while update-initramfs is a stub, during the installation of packages.
 *
 * @param original the path of the original program in the image
 */
public record InitramfsDiversion(String original) {}
