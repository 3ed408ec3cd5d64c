/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import java.nio.file.Path;

/**
 * An artefact of a build.
 *
 * @param name its file name
 * @param path its path on the machine of the build's appliance
 * @param size in bytes
 * @param sizeOnDisk disk space that it uses, in bytes
 * @param sha256 64 hexadecimal digits; empty for a directory
 */
public record StoredArtefact(String name, Path path, long size, long sizeOnDisk, String sha256) {}
