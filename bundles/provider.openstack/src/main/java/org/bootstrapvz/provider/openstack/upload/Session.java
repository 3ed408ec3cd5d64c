/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import tools.jackson.databind.JsonNode;

/**
 * A login that Keystone accepted.
 *
 * @param project the id of the project
 * @param projectName its name
 * @param roles what the user may do in it
 * @param images the addresses of the image service by region
 */
record Session(
    Secret token,
    String project,
    String projectName,
    Set<String> roles,
    Map<String, String> images) {
  /**
   * Reads the answer of Keystone.
   *
   * @param access the kind of address to use: public, internal or admin
   */
  static Session of(Secret token, JsonNode content, String access) throws BuildException {
    String project = content.at("/project/id").asString("");
    if (project.isEmpty()) {
      throw new BuildException(
          "The login is not for a project. Set project_name or OS_PROJECT_NAME");
    }
    Set<String> roles = new TreeSet<>();
    content.path("roles").valueStream().forEach(role -> roles.add(role.path("name").asString("")));
    Map<String, String> images = new TreeMap<>();
    content
        .path("catalog")
        .valueStream()
        .filter(service -> service.path("type").asString("").equals("image"))
        .flatMap(service -> service.path("endpoints").valueStream())
        .filter(endpoint -> endpoint.path("interface").asString("").equals(access))
        .forEach(
            endpoint ->
                images.put(
                    endpoint.path("region_id").asString(endpoint.path("region").asString("")),
                    endpoint.path("url").asString("")));
    return new Session(token, project, content.at("/project/name").asString(""), roles, images);
  }

  /**
   * Returns the region to use.
   *
   * @param wanted its name; empty if there is only one
   */
  String region(String wanted) throws BuildException {
    if (images.isEmpty()) {
      throw new BuildException("The cloud has no image service in its catalog");
    }
    String names = String.join(", ", images.keySet());
    if (wanted.isEmpty() && images.size() > 1) {
      throw new BuildException(
          "The cloud has several regions: "
              + names
              + ". Set provider.upload.region, region_name or OS_REGION_NAME");
    }
    String region = wanted.isEmpty() ? List.copyOf(images.keySet()).get(0) : wanted;
    if (!images.containsKey(region)) {
      throw new BuildException(
          "The cloud has no image service in the region " + region + ". It has one in: " + names);
    }
    return region;
  }

  /** Returns the address of the API, version 2, in a region; ends with a slash. */
  URI imageService(String region) {
    String url = images.getOrDefault(region, "").replaceAll("/+$", "");
    return URI.create(url.replaceAll("/v2(\\.\\d+)?$", "") + "/v2/");
  }
}
