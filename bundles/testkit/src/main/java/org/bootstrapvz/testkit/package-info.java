/**
 * Support for tests of tasks, providers and plugins without a container: a build with a recording,
 * scripted host and a directory as its root.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
