/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import org.bootstrapvz.api.resource.Resource;

/**
 * The object with the image.
 *
 * @param name its name in the bucket
 */
record UploadedObject(ObjectStorage.Bucket bucket, String name, Resource object) {}
