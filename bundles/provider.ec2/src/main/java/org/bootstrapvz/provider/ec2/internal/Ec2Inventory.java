/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.aws.XmlElement;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.provider.ec2.ami.ImageResource;
import org.bootstrapvz.provider.ec2.connection.Ec2;
import org.bootstrapvz.provider.ec2.connection.Ec2Access;
import org.bootstrapvz.provider.ec2.ebs.SnapshotResource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists the snapshots and images of an account that builds created. */
@Component(property = CloudInventory.PROVIDER + "=ec2")
public final class Ec2Inventory implements CloudInventory {
  private static final Duration BUDGET = Duration.ofSeconds(60);

  private final Ec2Access access;

  /** Lists accounts that this opens. */
  @Activate
  public Ec2Inventory(@Reference Ec2Access access) {
    this.access = access;
  }

  @Override
  public Account open(String profile, Consumer<Secret> mask) throws BuildException {
    Ec2 ec2 = access.open(profile, BUDGET, mask);
    try {
      return new Resources(ec2, ec2.account());
    } catch (BuildException e) {
      ec2.close();
      throw e;
    }
  }

  private record Resources(Ec2 ec2, String account) implements Account {
    @Override
    public List<CloudResource> list() throws BuildException {
      Map<String, String> marked = Map.of("tag-key", Mark.BUILD);
      Stream<CloudResource> images =
          ec2.images(marked).stream()
              .map(each -> resource(ImageResource.TYPE, "imageId", "creationDate", each));
      Stream<CloudResource> snapshots =
          ec2.snapshots(marked).stream()
              .map(each -> resource(SnapshotResource.TYPE, "snapshotId", "startTime", each));
      // A snapshot is older than its image, and can be deleted only after it.
      return Stream.of(images, snapshots)
          .flatMap(kind -> kind.sorted(Comparator.comparing(CloudResource::created)))
          .toList();
    }

    private CloudResource resource(String kind, String id, String created, XmlElement element) {
      Map<String, String> tags = Ec2.tags(element);
      String name = tags.getOrDefault(Mark.MANIFEST, "");
      return new CloudResource(
          kind,
          account,
          ec2.region(),
          element.text(id),
          name,
          Mark.of(tags::get),
          instant(element.text(created)));
    }

    private static Instant instant(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        return Instant.EPOCH;
      }
    }

    /** Deletes what still bears the nonce; the list may be old. */
    @Override
    public void delete(CloudResource resource) throws BuildException {
      Map<String, String> mark = Map.of("tag:" + Mark.BUILD, resource.mark().nonce());
      if (resource.kind().equals(ImageResource.TYPE)) {
        for (XmlElement image : ec2.images(mark)) {
          ec2.deregister(image.text("imageId"));
        }
      } else {
        for (XmlElement snapshot : ec2.snapshots(mark)) {
          ec2.deleteSnapshot(snapshot.text("snapshotId"));
        }
      }
    }

    @Override
    public void close() {
      ec2.close();
    }
  }
}
