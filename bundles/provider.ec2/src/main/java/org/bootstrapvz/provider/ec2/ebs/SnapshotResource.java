/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.ebs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.cloud.aws.AwsException;
import org.bootstrapvz.cloud.aws.XmlElement;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.provider.ec2.connection.Ec2;
import org.bootstrapvz.provider.ec2.connection.Ec2Access;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Deletes a snapshot that did not become the result of its build. */
@Component(
    property = {
      ResourceType.TYPE + "=" + SnapshotResource.TYPE,
      ResourceType.NETWORK + ":Boolean=true"
    })
public final class SnapshotResource implements ResourceType {
  /** Its type. */
  public static final String TYPE = "ec2-snapshot";

  /** Parameter: the body of the request that starts it, without what has the nonce, and tags. */
  static final String REQUEST = "request";

  private static final String TAG = "tag:";

  private final Ec2Access access;

  /** Deletes in accounts that this opens. */
  @Activate
  public SnapshotResource(@Reference Ec2Access access) {
    this.access = access;
  }

  /** Writes tags into the parameters of a resource. */
  static void putTags(Map<String, String> parameters, Map<String, String> tags) {
    tags.forEach((name, value) -> parameters.put(TAG + name, value));
  }

  private static Map<String, String> tags(ResourceSpec spec, String nonce) {
    Map<String, String> tags = new TreeMap<>();
    spec.parameters()
        .forEach(
            (name, value) -> {
              if (name.startsWith(TAG)) {
                tags.put(name.substring(TAG.length()), value);
              }
            });
    tags.put(Mark.BUILD, nonce);
    return tags;
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    try (Ec2 ec2 = access.open(spec, context)) {
      String nonce = context.nonce();
      List<XmlElement> found = ec2.snapshots(Map.of("tag:" + Mark.BUILD, nonce));
      if (found.isEmpty()) {
        String id = startedWith(ec2, spec, nonce);
        if (!id.isEmpty()) {
          ec2.deleteSnapshot(id);
        }
      }
      for (XmlElement snapshot : found) {
        ec2.deleteSnapshot(snapshot.text("snapshotId"));
      }
    }
  }

  /**
   * After a crash, the request that starts the snapshot may still be on its way. The same request
   * with the same token returns its snapshot, or starts one that the late request does not start a
   * second time. Who cannot start a snapshot has started none.
   */
  private static String startedWith(Ec2 ec2, ResourceSpec spec, String nonce)
      throws BuildException {
    ObjectNode request =
        (ObjectNode) JsonMapper.shared().readTree(Ec2Access.parameter(spec, REQUEST));
    try {
      return new SnapshotApi(ec2).start(request, tags(spec, nonce), nonce);
    } catch (AwsException e) {
      if (e.code().equals("ConflictException")) {
        throw e;
      }
      return "";
    }
  }
}
