/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

/** Makes {@link ConvertImage} compress its output, if the format supports it. */
public record Compression() {}
