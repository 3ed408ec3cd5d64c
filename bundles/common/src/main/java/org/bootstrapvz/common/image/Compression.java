/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

/** Has {@link ConvertImage} compress what it writes, where the format can be compressed. */
public record Compression() {}
