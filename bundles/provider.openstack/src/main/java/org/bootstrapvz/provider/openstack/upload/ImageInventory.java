/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.cloud.ledger.Mark;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import tools.jackson.databind.JsonNode;

/** Lists the images of a project that builds created. */
@Component(property = CloudInventory.PROVIDER + "=openstack")
public final class ImageInventory implements CloudInventory {
  private static final Duration BUDGET = Duration.ofSeconds(60);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public ImageInventory() {
    this(Surroundings.ofThisProcess());
  }

  ImageInventory(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Account open(String profile, Consumer<Secret> mask) throws BuildException {
    OpenStack cloud =
        OpenStack.open(
            surroundings,
            new CredentialSearch(surroundings).find(profile),
            BUDGET,
            mask,
            line -> {});
    try {
      return new Images(cloud, cloud.glance(""));
    } catch (BuildException e) {
      cloud.close();
      throw e;
    }
  }

  private record Images(OpenStack cloud, Glance glance) implements Account {
    @Override
    public List<CloudResource> list() throws BuildException {
      String project = cloud.session().project();
      return glance.tagged().stream()
          .filter(image -> image.has(Mark.BUILD))
          .map(image -> resource(image, project))
          .sorted(Comparator.comparing(CloudResource::created))
          .toList();
    }

    private CloudResource resource(JsonNode image, String project) {
      return new CloudResource(
          ImageResource.TYPE,
          project,
          glance.region(),
          image.path("id").asString(""),
          image.path("name").asString(""),
          Mark.of(tag -> image.path(tag).asString("")),
          created(image.path("created_at").asString("")));
    }

    private static Instant created(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        return Instant.EPOCH;
      }
    }

    @Override
    public void delete(CloudResource resource) throws BuildException {
      glance.remove(resource.mark().nonce());
    }

    @Override
    public void close() {
      cloud.close();
    }
  }
}
