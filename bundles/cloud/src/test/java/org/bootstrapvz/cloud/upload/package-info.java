/* SPDX-License-Identifier: Apache-2.0 */
/** What the tests of all providers that upload an image share. */
@NullMarked
package org.bootstrapvz.cloud.upload;

import org.jspecify.annotations.NullMarked;
