/**
 * For the tests of tasks, providers and plugins, without a container: a build whose host records
 * what it is asked and answers what the test wants, and whose root is a folder.
 */
@Export
@Version("1.0.0")
package org.bootstrapvz.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
