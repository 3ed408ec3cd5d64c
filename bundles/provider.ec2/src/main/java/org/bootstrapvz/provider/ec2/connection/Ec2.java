/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.connection;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.aws.AwsException;
import org.bootstrapvz.cloud.aws.AwsRule;
import org.bootstrapvz.cloud.aws.AwsSession;
import org.bootstrapvz.cloud.aws.Endpoints;
import org.bootstrapvz.cloud.aws.QueryApi;
import org.bootstrapvz.cloud.aws.XmlElement;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.RetryRule;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.Mark;

/** One region of an account. Used by one thread. */
public final class Ec2 implements AutoCloseable {
  private static final String VERSION = "2016-11-15";
  private static final String STS_VERSION = "2011-06-15";
  private static final String SELF = "self";

  private final AwsSession session;
  private final String region;
  private final RetryPolicy policy;
  private final Endpoints endpoints;
  private final HttpConnection blocks;
  private final HttpConnection machines;
  private final HttpConnection tokens;
  private final Retries retries;
  private final QueryApi api;
  private final QueryApi mainApi;
  private final QueryApi sts;
  private String account = "";

  Ec2(
      Surroundings surroundings,
      AwsSession session,
      String region,
      RetryPolicy policy,
      Consumer<String> log)
      throws BuildException {
    this.session = session;
    this.region = region;
    this.policy = policy;
    endpoints = new Endpoints(region, surroundings);
    retries = new Retries(policy, log);
    blocks = connection("EBS direct API");
    machines = connection("EC2 API");
    tokens = connection("token service of AWS");
    String main = endpoints.mainRegion();
    Endpoints mainEndpoints = new Endpoints(main, surroundings);
    api = api(machines, "ec2", region, endpoints.of("ec2"), VERSION);
    mainApi = api(machines, "ec2", main, mainEndpoints.of("ec2"), VERSION);
    sts = api(tokens, "sts", main, mainEndpoints.of("sts"), STS_VERSION);
  }

  private HttpConnection connection(String name) {
    return new HttpConnection(
        new Server(name, "Check the region " + region + " and the network", ""),
        HttpClient.newBuilder());
  }

  private QueryApi api(
      HttpConnection connection, String service, String where, URI address, String version) {
    return new QueryApi(
        connection,
        new RetryingClient(connection, session.login(service, where), retries, new AwsRule()),
        address,
        version,
        (action, code) -> remedy(service + ":" + action, code));
  }

  /** Returns what a user does about an error; empty if its message is enough. */
  public String remedy(String right, String code) {
    return switch (code) {
      case "UnauthorizedOperation", "AccessDenied", "AccessDeniedException" ->
          "Allow the action " + right + "; the README of manifests/examples/ec2 has the policy";
      case "AuthFailure",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "SignatureDoesNotMatch",
          "InvalidSignatureException" ->
          "Check the key: it is from " + sourceName();
      case "ExpiredToken", "ExpiredTokenException", "RequestExpired" ->
          "Get a new temporary key for " + sourceName();
      case "ServiceQuotaExceededException", "ResourceLimitExceeded", "SnapshotLimitExceeded" ->
          "A quota of the account is used up: delete what is not needed, or ask for more";
      default -> "";
    };
  }

  private String sourceName() {
    try {
      return session.credentials().source().toString();
    } catch (BuildException e) {
      return "an unknown place";
    }
  }

  /** Returns the login. */
  public AwsSession session() {
    return session;
  }

  /** Returns the region. */
  public String region() {
    return region;
  }

  /** Returns the pauses. */
  public RetryPolicy policy() {
    return policy;
  }

  /** Returns the addresses. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Returns the number of the account. */
  public String account() throws BuildException {
    if (account.isEmpty()) {
      account =
          sts.call("GetCallerIdentity", "does not accept the login", Map.of())
              .find("GetCallerIdentityResult")
              .text("Account");
    }
    return account;
  }

  /** Returns the API of EC2 in the region. */
  public QueryApi api() {
    return api;
  }

  /** Returns the regions of the partition, with whether the account uses them. */
  Map<String, Boolean> regions() throws BuildException {
    Map<String, Boolean> regions = new TreeMap<>();
    mainApi
        .call("DescribeRegions", "does not list regions", Map.of("AllRegions", "true"))
        .items("regionInfo")
        .forEach(
            each ->
                regions.put(
                    each.text("regionName"), !each.text("optInStatus").equals("not-opted-in")));
    return regions;
  }

  /** Returns a client of EBS direct. */
  public RetryingClient blocks() {
    return new RetryingClient(blocks, session.login("ebs", region), retries, new AwsRule());
  }

  /** Returns a client of EBS direct for another thread, with a budget of its own. */
  public RetryingClient blocks(RetryRule rule, Consumer<String> log) {
    return new RetryingClient(blocks, session.login("ebs", region), new Retries(policy, log), rule);
  }

  /** Returns how errors name EBS direct. */
  public Server blockServer() {
    return blocks.server();
  }

  /** Returns the own images that all filters fit. */
  public List<XmlElement> images(Map<String, String> filters) throws BuildException {
    return list("DescribeImages", "imagesSet", "does not list images", filters);
  }

  /** Returns the own snapshots that all filters fit. */
  public List<XmlElement> snapshots(Map<String, String> filters) throws BuildException {
    return list("DescribeSnapshots", "snapshotSet", "does not list snapshots", filters);
  }

  private List<XmlElement> list(
      String action, String list, String what, Map<String, String> filters) throws BuildException {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("Owner.1", SELF);
    int number = 0;
    for (Map.Entry<String, String> filter : new TreeMap<>(filters).entrySet()) {
      number++;
      parameters.put("Filter." + number + ".Name", filter.getKey());
      parameters.put("Filter." + number + ".Value.1", filter.getValue());
    }
    List<XmlElement> all = new ArrayList<>();
    String next;
    do {
      XmlElement page = api.call(action, what, parameters);
      all.addAll(page.items(list));
      next = page.text("nextToken");
      parameters.put("NextToken", next);
    } while (!next.isEmpty());
    return all;
  }

  /** Returns the tags of a snapshot or image. */
  public static Map<String, String> tags(XmlElement resource) {
    return resource.items("tagSet").stream()
        .collect(
            Collectors.toMap(
                tag -> tag.text("key"), tag -> tag.text("value"), (a, b) -> b, TreeMap::new));
  }

  /** Marks resources as complete. */
  public void markDone(String... ids) throws BuildException {
    Map<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < ids.length; i++) {
      parameters.put("ResourceId." + (i + 1), ids[i]);
    }
    parameters.put("Tag.1.Key", Mark.STATE);
    parameters.put("Tag.1.Value", Mark.State.DONE.text());
    api.call("CreateTags", "does not change tags", parameters);
  }

  /** Deregisters an image; succeeds if it is gone. */
  public void deregister(String id) throws BuildException {
    try {
      api.call("DeregisterImage", "does not deregister " + id, Map.of("ImageId", id));
    } catch (AwsException e) {
      if (!e.code().equals("InvalidAMIID.NotFound")
          && !e.code().equals("InvalidAMIID.Unavailable")) {
        throw e;
      }
    }
  }

  /**
   * Deletes a snapshot; succeeds if it is gone. An image that uses it and bears the mark of a build
   * that is not complete came to exist after its build was killed, and is deregistered.
   */
  public void deleteSnapshot(String id) throws BuildException {
    try {
      api.call("DeleteSnapshot", "does not delete " + id, Map.of("SnapshotId", id));
    } catch (AwsException e) {
      if (e.code().equals("InvalidSnapshot.NotFound")) {
        return;
      }
      List<XmlElement> images =
          e.code().equals("InvalidSnapshot.InUse")
              ? images(
                  Map.of(
                      "block-device-mapping.snapshot-id",
                      id,
                      "tag:" + Mark.STATE,
                      Mark.State.BUILDING.text()))
              : List.of();
      if (images.isEmpty()) {
        throw e;
      }
      for (XmlElement image : images) {
        deregister(image.text("imageId"));
      }
      api.call("DeleteSnapshot", "does not delete " + id, Map.of("SnapshotId", id));
    }
  }

  @Override
  public void close() {
    session.report();
    blocks.close();
    machines.close();
    tokens.close();
  }
}
