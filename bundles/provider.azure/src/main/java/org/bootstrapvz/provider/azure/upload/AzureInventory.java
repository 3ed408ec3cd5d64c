/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

/** Lists the images, versions and disks of a subscription that builds created. */
@Component(property = CloudInventory.PROVIDER + "=azure")
public final class AzureInventory implements CloudInventory {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final Duration MAX_OPERATION = Duration.ofMinutes(5);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public AzureInventory() {
    this(Surroundings.ofThisProcess());
  }

  AzureInventory(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** {@inheritDoc} The profile is the id of a subscription. */
  @Override
  public Account open(String profile, Consumer<Secret> mask) throws BuildException {
    return new Subscription(Azure.open(surroundings, profile, BUDGET, mask, line -> {}));
  }

  private record Subscription(Azure azure) implements Account {
    /** {@inheritDoc} A disk is deleted after what was made of it. */
    @Override
    public List<CloudResource> list() throws BuildException {
      ResourceManager resources = azure.resources();
      List<CloudResource> all = new ArrayList<>();
      for (JsonNode each : resources.tagged(azure.subscription(), Mark.BUILD)) {
        String id = each.path("id").asString("");
        // The list is not up to date, and has no tags.
        Optional<JsonNode> resource = resources.get(id);
        if (resource.isPresent()) {
          all.add(resource(id, each, resource.get()));
        }
      }
      all.sort(
          Comparator.comparing((CloudResource each) -> each.kind().equals(DiskResource.TYPE))
              .thenComparing(CloudResource::created));
      return all;
    }

    private CloudResource resource(String id, JsonNode listed, JsonNode resource) {
      return new CloudResource(
          ResourceManager.name(id).startsWith("disks/") ? DiskResource.TYPE : ImageResource.TYPE,
          azure.subscription(),
          resource.path("location").asString(""),
          id,
          ResourceManager.name(id),
          Mark.of(tag -> resource.path("tags").path(tag).asString("")),
          created(listed.path("createdTime").asString("")));
    }

    private static Instant created(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        return Instant.EPOCH;
      }
    }

    @Override
    public void delete(CloudResource resource) throws BuildException {
      azure.resources().remove(resource.id(), resource.mark().nonce(), MAX_OPERATION);
    }

    @Override
    public void close() {
      azure.close();
    }
  }
}
