/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

/**
 * The mirrors of the finished image, if it is built from others.
 *
 * @param mirrors the mirrors
 */
record ImageMirrors(Mirrors mirrors) {}
