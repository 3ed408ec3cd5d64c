/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

/**
 * A filesystem that the manifest of a build names. A task that declares it under {@link
 * org.bootstrapvz.api.task.TaskDefinition#collects} gets one for each of them from the engine, of
 * the bundle generation that the build leased. Valid until the build ends.
 *
 * @param name the name in the manifest
 * @param type the service that creates it
 */
public record NamedFilesystem(String name, FilesystemType type) {}
