/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

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

/** Lists the images and objects of a tenancy, in one region, that builds created. */
@Component(property = CloudInventory.PROVIDER + "=oracle")
public final class OciInventory implements CloudInventory {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final Duration MAX_IMPORT = Duration.ofMinutes(5);
  private static final String IMAGES =
      "query image resources where freeformTags.key = '" + Mark.BUILD + "'";
  private static final String BUCKETS = "query bucket resources";

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public OciInventory() {
    this(Surroundings.ofThisProcess());
  }

  OciInventory(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** {@inheritDoc} The profile is one of the configuration file. */
  @Override
  public Account open(String profile, Consumer<Secret> mask) throws BuildException {
    return new Tenancy(Oci.open(surroundings, profile, "", BUDGET, mask, line -> {}));
  }

  private record Tenancy(Oci oci) implements Account {
    /** {@inheritDoc} An object is deleted after the image that is made of it. */
    @Override
    public List<CloudResource> list() throws BuildException {
      List<CloudResource> images = new ArrayList<>();
      for (JsonNode found : oci.search().find(IMAGES)) {
        // What is found is some minutes old.
        String compartment = text(found, "compartmentId");
        for (JsonNode image : oci.images().named(compartment, text(found, "displayName"))) {
          if (text(image, "id").equals(text(found, "identifier"))) {
            images.add(image(compartment, image));
          }
        }
      }
      List<CloudResource> objects = new ArrayList<>();
      String namespace = oci.objects().namespace();
      for (JsonNode found : oci.search().find(BUCKETS)) {
        addObjects(new ObjectStorage.Bucket(namespace, text(found, "displayName")), objects);
      }
      images.sort(Comparator.comparing(CloudResource::created));
      objects.sort(Comparator.comparing(CloudResource::created));
      images.addAll(objects);
      return images;
    }

    private CloudResource image(String compartment, JsonNode image) {
      return new CloudResource(
          ImageResource.TYPE,
          oci.credentials().tenancy(),
          oci.region(),
          compartment + "/" + text(image, "id"),
          text(image, "displayName"),
          Mark.of(tag -> Images.tag(image, tag)),
          created(text(image, "timeCreated")));
    }

    private void addObjects(ObjectStorage.Bucket bucket, List<CloudResource> objects)
        throws BuildException {
      for (JsonNode each : oci.objects().list(bucket, ObjectStorage.PREFIX)) {
        String name = text(each, "name");
        Optional<Mark> mark =
            oci.objects().mark(bucket, name).filter(found -> !found.nonce().isEmpty());
        if (mark.isPresent()) {
          objects.add(
              new CloudResource(
                  ObjectResource.TYPE,
                  oci.credentials().tenancy(),
                  oci.region(),
                  bucket.namespace() + "/" + bucket.name() + "/" + name,
                  name,
                  mark.get(),
                  created(text(each, "timeCreated"))));
        }
      }
    }

    private static String text(JsonNode node, String field) {
      return node.path(field).asString("");
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
      String nonce = resource.mark().nonce();
      String[] id = resource.id().split("/");
      if (resource.kind().equals(ImageResource.TYPE)) {
        oci.images().remove(id[0], resource.name(), nonce, MAX_IMPORT);
      } else {
        oci.objects().remove(new ObjectStorage.Bucket(id[0], id[1]), resource.name(), nonce);
      }
    }

    @Override
    public void close() {
      oci.close();
    }
  }
}
