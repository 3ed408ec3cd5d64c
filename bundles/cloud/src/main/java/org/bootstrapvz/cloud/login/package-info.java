/** Logins with a token that a server or a command issues. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.cloud.login;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
