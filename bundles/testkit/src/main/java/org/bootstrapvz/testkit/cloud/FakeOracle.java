/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Oracle Cloud Infrastructure in memory: Object Storage with the bucket {@value #BUCKET}, the
 * images of the Compute service in one compartment, and the search for resources. It verifies
 * signatures, clocks, checksums, the sizes and the order of parts, tokens of repeated requests,
 * rights and names, imports images in the background, shows a new image only at the second look,
 * and refuses parameters that it does not know.
 */
public final class FakeOracle extends FakeCloud {
  /** The id of the tenancy. */
  public static final String TENANCY = "ocid1.tenancy.oc1..aaaasample";

  /** The id of the user. */
  public static final String USER = "ocid1.user.oc1..aaaasample";

  /** The id of the compartment. */
  public static final String COMPARTMENT = "ocid1.compartment.oc1..aaaasample";

  /** The name of the bucket. */
  public static final String BUCKET = "sample-images";

  /** The region. */
  public static final String REGION = "eu-frankfurt-1";

  static final String NAMESPACE = "samplespace";

  private final OracleSignatures signatures = new OracleSignatures();
  private final OracleObjects objects = new OracleObjects(this);
  private final OracleImages images = new OracleImages(this, objects);
  private final Set<String> denied = new HashSet<>();

  /** Starts the servers. */
  public FakeOracle() throws IOException {}

  /** Returns the variables by which clients find the fake instead of Oracle. */
  public Map<String, String> endpoints() {
    return Map.of(
        "OCI_OBJECT_STORAGE_ENDPOINT", address().toString(),
        "OCI_COMPUTE_ENDPOINT", address().toString(),
        "OCI_SEARCH_ENDPOINT", address().toString());
  }

  /** Returns the content of a configuration file with the profile DEFAULT. */
  public String configuration(String keyFile) {
    return "[DEFAULT]\nuser="
        + USER
        + "\nfingerprint="
        + fingerprint()
        + "\ntenancy="
        + TENANCY
        + "\nregion="
        + REGION
        + "\nkey_file="
        + keyFile
        + "\n";
  }

  /** Returns the private key of the user, in PEM form. */
  public static String keyFile() {
    return OracleSignatures.keyFile();
  }

  /** Returns a line of that key. */
  public static String privateKey() {
    return keyFile().lines().skip(1).findFirst().orElseThrow();
  }

  /** Returns the fingerprint of the key of the user. */
  public static String fingerprint() {
    return OracleSignatures.fingerprint();
  }

  /** Takes a right from all users: {@code objects}, {@code buckets} or {@code images}. */
  public synchronized FakeOracle without(String right) {
    denied.add(right);
    return this;
  }

  /** Makes the key of the user unknown. */
  public synchronized void revokeKey() {
    signatures.revoke();
  }

  /** Limits the number of images of the compartment. */
  public synchronized FakeOracle withMaxImages(int count) {
    images.limit(count);
    return this;
  }

  /** Adds an image that no build of a test made; returns its id. */
  public synchronized String addImage(String name) {
    return images.add(name);
  }

  /** Adds an object that no build of a test made. */
  public synchronized void addObject(String name) {
    objects.put(name, new byte[] {1}, Map.of());
  }

  /** Makes the next import of an image fail, with a message. */
  public synchronized void failImport(String message) {
    images.failNext(message);
  }

  /** Ends all imports that are running, and shows all images. */
  public synchronized void completeImports() {
    images.completeAll();
  }

  /** Returns the ids of the images that exist. */
  public synchronized List<String> images() {
    return images.ids();
  }

  /** Returns a value of an image, by the pointer to it, as text; empty if there is none. */
  public synchronized String image(String id, String pointer) {
    return images.get(id).at(pointer).asString("");
  }

  /** Sets a tag of an image. */
  public synchronized void setTag(String id, String tag, String value) {
    images.get(id).withObject("/freeformTags").put(tag, value);
  }

  /** Returns what an image was made of. */
  public synchronized byte[] content(String id) {
    return images.content(id);
  }

  /** Returns the names of the objects that exist, and of those that are being uploaded. */
  public synchronized List<String> objects() {
    List<String> all = new ArrayList<>(objects.names());
    objects.uploads().forEach(name -> all.add("upload of " + name));
    return all;
  }

  /** Sets a value of the metadata of an object. */
  public synchronized void setMetadata(String object, String key, String value) {
    objects.setMetadata(object, key, value);
  }

  /** Answers a request as one whose body was damaged on its way. */
  public static Fault damaged() {
    return refusal(400, "UnmatchedContentMD5", "The computed MD5 does not match");
  }

  /** Refuses a request. */
  public static Fault refusal(int status, String code, String message) {
    return (call, effect) -> {
      call.read();
      send(call, error(status, code, message));
    };
  }

  /** As Oracle does, answers in the same way if something is missing and if a right is. */
  void require(String right) throws Rejection {
    if (denied.contains(right)) {
      throw new Rejection(
          404, "NotAuthorizedOrNotFound Authorization failed or requested resource not found.");
    }
  }

  @Override
  Answer process(Call call) throws Rejection {
    signatures.verify(call);
    String path = call.path();
    if (path.equals("/n/")) {
      return Answer.of(200, Map.of(), "\"" + NAMESPACE + "\"");
    }
    if (path.startsWith("/n/")) {
      return objects.process(call);
    }
    if (path.equals("/20180409/resources")) {
      return search(call);
    }
    return images.process(call);
  }

  private Answer search(Call call) throws Rejection {
    OracleSignatures.requireQuery(call, "limit", "page");
    return switch (call.json().path("query").asString("")) {
      case "query bucket resources" ->
          Answer.of(
              200,
              Map.of(),
              "{\"items\": [{\"displayName\": \"" + BUCKET + "\", \"identifier\": \"b\"}]}");
      case "query image resources where freeformTags.key = 'bootstrap-vz-build'" ->
          images.search(call.query().getOrDefault("page", ""));
      default -> throw new Rejection(400, "InvalidParameter The fake does not know this query");
    };
  }

  @Override
  Answer refuse(Rejection rejection) {
    String[] text = rejection.text().split(" ", 2);
    return error(rejection.status(), text[0], text.length > 1 ? text[1] : text[0]);
  }

  static Answer error(int status, String code, String message) {
    return Answer.of(
        status,
        Map.of(),
        JsonMapper.shared()
            .createObjectNode()
            .put("code", code)
            .put("message", message)
            .toString());
  }
}
