/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

/**
 * A label of the image.
 *
 * @param name its name
 * @param value its value
 */
public record Label(String name, String value) {}
