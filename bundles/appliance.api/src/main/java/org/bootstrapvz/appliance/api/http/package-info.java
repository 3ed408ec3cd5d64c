/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Extension of the HTTP API: a bundle adds resources with {@link
 * org.bootstrapvz.appliance.api.http.HttpResource} services and ways to log in with {@link
 * org.bootstrapvz.appliance.api.http.Authenticator} services. Both are collected at run time; a
 * bundle that stops takes its resources and authenticators with it.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.bootstrapvz.appliance.api.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
