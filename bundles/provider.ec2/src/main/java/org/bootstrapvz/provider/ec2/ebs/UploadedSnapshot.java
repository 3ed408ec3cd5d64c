/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.ebs;

import org.bootstrapvz.api.resource.Resource;

/**
 * A complete snapshot of the image.
 *
 * @param id its id in EC2
 * @param resource its entry in the journal
 */
public record UploadedSnapshot(String id, Resource resource) {}
