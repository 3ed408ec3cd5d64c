/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.ami;

import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.cloud.aws.XmlElement;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.provider.ec2.connection.Ec2;
import org.bootstrapvz.provider.ec2.connection.Ec2Access;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Deregisters an image that did not become the result of its build. A request that arrives later
 * registers none, since the snapshot is deleted next; what arrives between is found with it.
 */
@Component(
    property = {
      ResourceType.TYPE + "=" + ImageResource.TYPE,
      ResourceType.NETWORK + ":Boolean=true"
    })
public final class ImageResource implements ResourceType {
  /** Its type. */
  public static final String TYPE = "ec2-image";

  private final Ec2Access access;

  /** Deregisters in accounts that this opens. */
  @Activate
  public ImageResource(@Reference Ec2Access access) {
    this.access = access;
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    try (Ec2 ec2 = access.open(spec, context)) {
      for (XmlElement image : ec2.images(Map.of("tag:" + Mark.BUILD, context.nonce()))) {
        ec2.deregister(image.text("imageId"));
      }
    }
  }
}
