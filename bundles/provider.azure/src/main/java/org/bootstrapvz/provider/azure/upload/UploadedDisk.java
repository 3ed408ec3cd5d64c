/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import org.bootstrapvz.api.resource.Resource;

/**
 * The disk with the content of the image.
 *
 * @param id its id
 * @param location where it is
 */
record UploadedDisk(String id, String location, Resource disk) {}
