/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.provider.gce.internal.login.CredentialSearch;
import org.bootstrapvz.provider.gce.internal.login.Credentials;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import tools.jackson.databind.JsonNode;

/** Lists the images and archives of a project that builds created. */
@Component(property = CloudInventory.PROVIDER + "=gce")
public final class GceInventory implements CloudInventory {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final Duration MAX_OPERATION = Duration.ofMinutes(5);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public GceInventory() {
    this(Surroundings.ofThisProcess());
  }

  GceInventory(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** {@inheritDoc} The profile is a file with credentials. */
  @Override
  public Account open(String profile, Consumer<Secret> mask) throws BuildException {
    CredentialSearch search = new CredentialSearch(surroundings);
    Credentials credentials = search.find(profile);
    String project = search.project(credentials);
    return new Project(
        new Google(
            credentials,
            Endpoints.of(surroundings),
            surroundings.retries().apply(BUDGET),
            mask,
            line -> {}),
        project);
  }

  private record Project(Google google, String project) implements Account {
    @Override
    public List<CloudResource> list() throws BuildException {
      List<JsonNode> images = google.compute(project).marked();
      List<JsonNode> objects = google.storage().marked(project);
      return Stream.concat(images.stream().map(this::image), objects.stream().map(this::object))
          .sorted(Comparator.comparing(CloudResource::created))
          .toList();
    }

    private CloudResource image(JsonNode image) {
      String name = text(image, "name");
      return new CloudResource(
          ImageResource.TYPE,
          project,
          "",
          name,
          name,
          mark(image.path("labels")),
          created(text(image, "creationTimestamp")));
    }

    private CloudResource object(JsonNode object) {
      String name = text(object, "name");
      return new CloudResource(
          ObjectResource.TYPE,
          project,
          "",
          new Destination(text(object, "bucket"), "").address(name),
          name,
          mark(object.path("metadata")),
          created(text(object, "timeCreated")));
    }

    private static String text(JsonNode node, String field) {
      return node.path(field).asString("");
    }

    private static Mark mark(JsonNode tags) {
      return Mark.of(tag -> text(tags, tag));
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
      if (resource.kind().equals(ImageResource.TYPE)) {
        google.compute(project).remove(resource.id(), nonce, MAX_OPERATION);
      } else {
        String bucket = resource.id().split("/")[2];
        google.storage().remove(bucket, resource.name(), nonce);
      }
    }

    @Override
    public void close() {
      google.close();
    }
  }
}
