/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.ec2.ami;

import org.jspecify.annotations.NullMarked;
