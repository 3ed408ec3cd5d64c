/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import org.bootstrapvz.api.resource.Resource;

/**
 * An archive in Cloud Storage, from which the image is made.
 *
 * @param name of the object
 * @param object the resource
 */
record UploadedArchive(String bucket, String name, Resource object) {}
