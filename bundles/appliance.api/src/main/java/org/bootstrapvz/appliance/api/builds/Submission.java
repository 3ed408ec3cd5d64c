/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.builds;

/**
 * A request for a build.
 *
 * @param name name for people, usually that of the manifest's file; one line
 * @param manifest the text of the manifest
 * @param priority higher runs first; the default is 0
 * @param submitter who submits it
 */
public record Submission(String name, String manifest, int priority, String submitter) {}
