/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * EBS direct, EC2, STS and the metadata services of AWS in memory, for one account and one region.
 * They verify signatures, clocks, checksums, the order of states, tokens and names, and refuse
 * parameters that they do not know.
 */
public final class FakeAws extends FakeCloud {
  /** The id of a permanent key. */
  public static final String ACCESS_KEY = "AKIAPERMANENT";

  /** The permanent key. */
  public static final String SECRET_KEY = "Gr33n-Radish";

  /** The account. */
  public static final String ACCOUNT = "123456789012";

  /** The region. */
  public static final String REGION = "eu-central-1";

  /** The role that may be assumed. */
  public static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/images";

  /** What a container has to show to get credentials. */
  public static final String CONTAINER_TOKEN = "Purple-Carrot";

  private static final int PAGE = 5;
  private static final Map<String, String> VERSIONS =
      Map.of("ec2", "2016-11-15", "sts", "2011-06-15");
  private static final String FILTERS = "Filter\\.\\d+\\.(Name|Value\\.\\d+)|NextToken|DryRun";
  private static final String TAGS =
      "TagSpecification\\.\\d+\\.(ResourceType|Tag\\.\\d+\\.(Key|Value))";

  /** The parameters of each action. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "RegisterImage",
          TAGS
              + "|Name|Description|Architecture|RootDeviceName|VirtualizationType|BootMode"
              + "|EnaSupport|SriovNetSupport|ImdsSupport|DryRun"
              + "|BlockDeviceMapping\\.1\\.(DeviceName|Ebs\\.(SnapshotId|VolumeType"
              + "|DeleteOnTermination))",
          "DescribeImages",
          "Owner\\.1|ImageId\\.1|" + FILTERS,
          "DescribeSnapshots",
          "Owner\\.1|SnapshotId\\.1|" + FILTERS,
          "CreateTags",
          "ResourceId\\.\\d+|Tag\\.\\d+\\.(Key|Value)|DryRun",
          "DeregisterImage",
          "ImageId|DryRun",
          "DeleteSnapshot",
          "SnapshotId|DryRun",
          "DescribeRegions",
          "AllRegions|" + FILTERS,
          "GetCallerIdentity",
          "",
          "AssumeRole",
          "RoleArn|RoleSessionName|ExternalId|DurationSeconds");

  /** An image. */
  private static final class Image {
    final Map<String, String> request;
    final Map<String, String> tags = new TreeMap<>();
    String state = "available";

    Image(Map<String, String> request) {
      this.request = request;
    }
  }

  private final AwsKeys keys = new AwsKeys();
  private final FakeEbs ebs = new FakeEbs();
  private final Map<String, Image> images = new LinkedHashMap<>();
  private final Set<String> denied = new HashSet<>();
  private String account = ACCOUNT;
  private int registered;

  /** Starts the servers. */
  public FakeAws() throws IOException {
    keys.add(ACCESS_KEY, SECRET_KEY);
  }

  /** Denies an action of EC2 to everybody. */
  public synchronized FakeAws deny(String action) {
    denied.add(action);
    return this;
  }

  /** Makes the keys those of another account. */
  public synchronized FakeAws withAccount(String other) {
    account = other;
    return this;
  }

  /** Limits the number of pending snapshots. */
  public synchronized FakeAws withMaxPending(int count) {
    ebs.maxPending = count;
    return this;
  }

  /** Answers so many requests for blocks of a new snapshot as if it was not there. */
  public synchronized FakeAws withHiddenPuts(int count) {
    ebs.hiddenPuts = count;
    return this;
  }

  /** Makes snapshots fail after they were filled. */
  public synchronized FakeAws withFailingSnapshots() {
    ebs.failing = true;
    return this;
  }

  /** Makes all temporary keys expire now. */
  public synchronized void expireKeys() {
    keys.expire();
  }

  /** Adds a temporary key; returns its id, the key and its token. */
  public synchronized List<String> issueKey() {
    return keys.issue();
  }

  /** Adds pending snapshots that no build of a test made. */
  public synchronized void addPendingSnapshots(int count) {
    for (int i = 0; i < count; i++) {
      String id = "snap-foreign" + i;
      ebs.snapshots.put(
          id,
          new FakeEbs.Snapshot(id, JsonMapper.shared().createObjectNode().put("VolumeSize", 1)));
    }
  }

  /** Adds an image that no build of a test made. */
  public synchronized void addImage(String id, String name) {
    images.put(id, new Image(Map.of("Name", name)));
  }

  /** Returns the ids of all snapshots and images. */
  public synchronized List<String> inventory() {
    List<String> all = new ArrayList<>(ebs.snapshots.keySet());
    all.addAll(images.keySet());
    return all;
  }

  /** Returns the ids of the images. */
  public synchronized List<String> images() {
    return List.copyOf(images.keySet());
  }

  /** Returns the ids of the snapshots. */
  public synchronized List<String> snapshots() {
    return List.copyOf(ebs.snapshots.keySet());
  }

  /** Returns the parameters of the request that registered an image. */
  public synchronized Map<String, String> registration(String image) {
    return imageOf(image).request;
  }

  /** Returns the body of the request that started a snapshot. */
  public synchronized String start(String snapshot) {
    return snapshotOf(snapshot).request.toString();
  }

  /** Returns the tags of a snapshot or an image. They can be changed. */
  public synchronized Map<String, String> tags(String id) {
    return images.containsKey(id) ? imageOf(id).tags : snapshotOf(id).tags;
  }

  /** Returns the indexes of the blocks that a snapshot has. */
  public synchronized List<Integer> blocks(String snapshot) {
    return List.copyOf(snapshotOf(snapshot).blocks.keySet());
  }

  /** Returns the first bytes of the volume that a snapshot stands for. */
  public synchronized byte[] content(String snapshot, int length) {
    byte[] content = new byte[length];
    snapshotOf(snapshot)
        .blocks
        .forEach(
            (index, block) -> {
              int from = index * FakeEbs.BLOCK;
              System.arraycopy(block, 0, content, from, Math.min(block.length, length - from));
            });
    return content;
  }

  /** Answers as the services do when they refuse a request. */
  public static Fault refusal(int status, String code, String message) {
    return (call, effect) -> {
      call.read();
      send(call, refusal(call, status, code, message));
    };
  }

  /** Processes a request and answers with an error all the same. */
  public static Fault refusalAfter(int status, String code, String message) {
    return (call, effect) -> {
      effect.happen();
      send(call, refusal(call, status, code, message));
    };
  }

  private static Answer refusal(Call call, int status, String code, String message) {
    if (!call.path().equals("/")) {
      ObjectNode body = JsonMapper.shared().createObjectNode().put("message", message);
      return Answer.of(status, Map.of("x-amzn-ErrorType", code + ":"), body.toString());
    }
    String error = "<Error><Code>" + code + "</Code><Message>" + escaped(message);
    error += "</Message></Error>";
    return Answer.of(
        status,
        Map.of(),
        AwsKeys.signer(call).service().equals("sts")
            ? "<ErrorResponse>" + error + "</ErrorResponse>"
            : "<Response><Errors>" + error + "</Errors></Response>");
  }

  @Override
  String line(Call call) throws IOException {
    if (!call.path().equals("/")) {
      return call.line();
    }
    call.read();
    return call.line() + " " + call.form().getOrDefault("Action", "");
  }

  @Override
  Answer process(Call call) {
    try {
      return processOrReject(call);
    } catch (Rejection e) {
      String[] parts = e.text().split(": ", 2);
      return refusal(call, e.status(), parts[0], parts.length > 1 ? parts[1] : "");
    }
  }

  private Answer processOrReject(Call call) throws Rejection {
    if (call.path().startsWith("/latest/") || call.path().equals("/container")) {
      return metadata(call);
    }
    keys.verify(call);
    AwsKeys.Signer signer = AwsKeys.signer(call);
    if (signer.service().equals("ebs") && signer.region().equals(REGION)) {
      return ebs.process(call);
    }
    Map<String, String> form = call.form();
    String action = form.getOrDefault("Action", "");
    String global =
        signer.service().equals("sts") || action.equals("DescribeRegions") ? "us-east-1" : REGION;
    require(
        signer.region().equals(REGION) || signer.region().equals(global),
        "SignatureDoesNotMatch: Credential should be scoped to a valid region");
    require(call.line().equals("POST /"), "InvalidAction: Not a form");
    String version = VERSIONS.getOrDefault(signer.service(), "");
    require(version.equals(form.get("Version")), "NoSuchVersion: " + form.get("Version"));
    String known = PARAMETERS.get(action);
    if (known == null) {
      throw new Rejection(400, "InvalidAction: The fake does not know " + action);
    }
    for (String name : form.keySet()) {
      require(name.matches("Action|Version|" + known), "UnknownParameter: The parameter " + name);
    }
    if (denied.contains(action)) {
      throw new Rejection(403, "UnauthorizedOperation: You are not authorized: ec2:" + action);
    }
    if (form.getOrDefault("DryRun", "false").equals("true")) {
      throw new Rejection(412, "DryRunOperation: Request would have succeeded");
    }
    return answer(action, act(action, form));
  }

  private String act(String action, Map<String, String> form) throws Rejection {
    return switch (action) {
      case "RegisterImage" -> register(form);
      case "DescribeImages" -> describe(form, "ImageId", images.keySet(), "imagesSet", this::image);
      case "DescribeSnapshots" ->
          describe(form, "SnapshotId", ebs.snapshots.keySet(), "snapshotSet", this::snapshot);
      case "CreateTags" -> tag(form);
      case "DeregisterImage" -> {
        require(
            images.remove(form.getOrDefault("ImageId", "")) != null,
            "InvalidAMIID.NotFound: The image id does not exist");
        yield "<return>true</return>";
      }
      case "DeleteSnapshot" -> delete(form.getOrDefault("SnapshotId", ""));
      case "DescribeRegions" -> regions(form);
      case "GetCallerIdentity" ->
          "<GetCallerIdentityResult><Arn>arn:aws:iam::"
              + account
              + ":user/builder</Arn><UserId>U</UserId><Account>"
              + account
              + "</Account></GetCallerIdentityResult>";
      default -> assume(form);
    };
  }

  private static Answer answer(String action, String content) {
    return Answer.of(
        200,
        Map.of("Content-Type", "text/xml"),
        "<" + action + "Response>" + content + "</" + action + "Response>");
  }

  private String register(Map<String, String> form) throws Rejection {
    String name = form.getOrDefault("Name", "");
    require(name.matches("[A-Za-z0-9()\\[\\] ./'@_-]{3,128}"), "InvalidAMIName.Malformed: " + name);
    require(
        images.values().stream().noneMatch(each -> name.equals(each.request.get("Name"))),
        "InvalidAMIName.Duplicate: AMI name " + name + " is already in use");
    require(
        form.getOrDefault("Architecture", "i386").matches("x86_64|arm64"),
        "InvalidParameterValue: An image of today has another architecture");
    require(
        form.getOrDefault("VirtualizationType", "paravirtual").equals("hvm"),
        "InvalidParameterValue: Paravirtual machines are not offered");
    require(
        form.getOrDefault("BootMode", "legacy-bios").matches("legacy-bios|uefi|uefi-preferred"),
        "InvalidParameterValue: BootMode");
    require(
        form.getOrDefault("RootDeviceName", "").equals(form.get("BlockDeviceMapping.1.DeviceName")),
        "InvalidBlockDeviceMapping: The root device has no mapping");
    String id = form.getOrDefault("BlockDeviceMapping.1.Ebs.SnapshotId", "");
    require(
        ebs.snapshots.containsKey(id),
        "InvalidSnapshot.NotFound: The snapshot does not exist: " + id);
    FakeEbs.Snapshot snapshot = snapshotOf(id);
    require(snapshot.state.equals("completed"), "IncorrectState: The snapshot is not completed");
    Image image = new Image(new TreeMap<>(form));
    for (int i = 1; form.containsKey("TagSpecification.1.Tag." + i + ".Key"); i++) {
      image.tags.put(
          form.getOrDefault("TagSpecification.1.Tag." + i + ".Key", ""),
          form.getOrDefault("TagSpecification.1.Tag." + i + ".Value", ""));
    }
    String ami = String.format("ami-%017x", ++registered);
    images.put(ami, image);
    return "<imageId>" + ami + "</imageId>";
  }

  private Image imageOf(String id) {
    Image image = images.get(id);
    if (image == null) {
      throw new IllegalArgumentException("There is no image " + id);
    }
    return image;
  }

  private FakeEbs.Snapshot snapshotOf(String id) {
    FakeEbs.Snapshot snapshot = ebs.snapshots.get(id);
    if (snapshot == null) {
      throw new IllegalArgumentException("There is no snapshot " + id);
    }
    return snapshot;
  }

  private String image(String id) {
    Image image = imageOf(id);
    return "<imageId>"
        + id
        + "</imageId><imageState>"
        + image.state
        + "</imageState><name>"
        + escaped(image.request.getOrDefault("Name", ""))
        + "</name><creationDate>2026-01-02T03:04:05.000Z</creationDate>"
        + tagSet(image.tags)
        + "<blockDeviceMapping><item><ebs><snapshotId>"
        + image.request.getOrDefault("BlockDeviceMapping.1.Ebs.SnapshotId", "")
        + "</snapshotId></ebs></item></blockDeviceMapping>";
  }

  private String snapshot(String id) {
    FakeEbs.Snapshot snapshot = snapshotOf(id);
    ebs.poll(snapshot);
    return "<snapshotId>"
        + id
        + "</snapshotId><status>"
        + snapshot.state
        + "</status><progress>50%</progress><startTime>2026-01-02T03:00:00.000Z</startTime>"
        + tagSet(snapshot.tags);
  }

  private static String tagSet(Map<String, String> tags) {
    StringBuilder xml = new StringBuilder("<tagSet>");
    tags.forEach(
        (key, value) ->
            xml.append("<item><key>")
                .append(escaped(key))
                .append("</key><value>")
                .append(escaped(value))
                .append("</value></item>"));
    return xml + "</tagSet>";
  }

  /** Lists what exists, a page at a time. */
  private String describe(
      Map<String, String> form,
      String idName,
      Set<String> ids,
      String list,
      Function<String, String> description)
      throws Rejection {
    String wanted = form.getOrDefault(idName + ".1", "");
    require(
        wanted.isEmpty() || ids.contains(wanted),
        (idName.equals("ImageId") ? "InvalidAMIID" : "InvalidSnapshot") + ".NotFound: " + wanted);
    require(
        !wanted.isEmpty() || form.getOrDefault("Owner.1", "").equals("self"),
        "InvalidParameterValue: All of the world is too much");
    List<String> found = new ArrayList<>();
    for (String id : ids) {
      if ((wanted.isEmpty() || id.equals(wanted)) && matches(form, id)) {
        found.add(id);
      }
    }
    int from = Integer.parseInt(form.getOrDefault("NextToken", "0"));
    int to = Math.min(found.size(), from + PAGE);
    StringBuilder xml = new StringBuilder("<" + list + ">");
    for (String id : found.subList(from, to)) {
      xml.append("<item>").append(description.apply(id)).append("</item>");
    }
    xml.append("</").append(list).append(">");
    return xml + (to < found.size() ? "<nextToken>" + to + "</nextToken>" : "");
  }

  private boolean matches(Map<String, String> form, String id) throws Rejection {
    for (int i = 1; form.containsKey("Filter." + i + ".Name"); i++) {
      String name = form.getOrDefault("Filter." + i + ".Name", "");
      String value = form.getOrDefault("Filter." + i + ".Value.1", "");
      if (!matches(id, name, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(String id, String name, String value) throws Rejection {
    if (name.startsWith("tag:")) {
      return value.equals(tags(id).get(name.substring("tag:".length())));
    }
    return switch (name) {
      case "tag-key" -> tags(id).containsKey(value);
      case "name" -> value.equals(imageOf(id).request.get("Name"));
      case "status" -> value.equals(snapshotOf(id).state);
      case "block-device-mapping.snapshot-id" ->
          value.equals(imageOf(id).request.get("BlockDeviceMapping.1.Ebs.SnapshotId"));
      default -> throw new Rejection(400, "InvalidParameterValue: The filter " + name);
    };
  }

  private String tag(Map<String, String> form) throws Rejection {
    for (int i = 1; form.containsKey("ResourceId." + i); i++) {
      String id = form.getOrDefault("ResourceId." + i, "");
      require(inventory().contains(id), "InvalidID: The id does not exist: " + id);
      for (int j = 1; form.containsKey("Tag." + j + ".Key"); j++) {
        tags(id)
            .put(
                form.getOrDefault("Tag." + j + ".Key", ""),
                form.getOrDefault("Tag." + j + ".Value", ""));
      }
    }
    return "<return>true</return>";
  }

  private String delete(String id) throws Rejection {
    require(ebs.snapshots.containsKey(id), "InvalidSnapshot.NotFound: Does not exist: " + id);
    require(
        images.values().stream()
            .noneMatch(each -> id.equals(each.request.get("BlockDeviceMapping.1.Ebs.SnapshotId"))),
        "InvalidSnapshot.InUse: The snapshot is currently in use");
    ebs.snapshots.remove(id);
    return "<return>true</return>";
  }

  private static String regions(Map<String, String> form) {
    StringBuilder xml = new StringBuilder("<regionInfo>");
    for (String region : List.of(REGION, "us-east-1", "ap-east-1")) {
      xml.append("<item><regionName>")
          .append(region)
          .append("</regionName><optInStatus>")
          .append(region.equals("ap-east-1") ? "not-opted-in" : "opt-in-not-required")
          .append("</optInStatus></item>");
    }
    return xml + "</regionInfo>";
  }

  private String assume(Map<String, String> form) throws Rejection {
    if (!ROLE.equals(form.get("RoleArn"))) {
      throw new Rejection(403, "AccessDenied: Not authorized to perform: sts:AssumeRole");
    }
    require(form.containsKey("RoleSessionName"), "MissingParameter: RoleSessionName");
    List<String> key = keys.issue();
    return "<AssumeRoleResult><Credentials><AccessKeyId>"
        + key.get(0)
        + "</AccessKeyId><SecretAccessKey>"
        + key.get(1)
        + "</SecretAccessKey><SessionToken>"
        + key.get(2)
        + "</SessionToken><Expiration>"
        + Instant.now().plusSeconds(3600)
        + "</Expiration></Credentials></AssumeRoleResult>";
  }

  private Answer metadata(Call call) throws Rejection {
    if (call.path().equals("/container")) {
      require(
          call.header("Authorization").orElse("").equals(CONTAINER_TOKEN), "AccessDenied: Token");
      return Answer.of(200, Map.of(), temporaryKey());
    }
    if (call.line().equals("PUT /latest/api/token")) {
      require(
          call.header("X-aws-ec2-metadata-token-ttl-seconds").isPresent(), "Bad Request: no TTL");
      return Answer.of(200, Map.of(), "metadata-session");
    }
    if (!call.header("X-aws-ec2-metadata-token").orElse("").equals("metadata-session")) {
      throw new Rejection(401, "Unauthorized");
    }
    String roles = "/latest/meta-data/iam/security-credentials/";
    if (call.path().equals(roles)) {
      return Answer.of(200, Map.of(), "builder\n");
    }
    if (call.path().equals(roles + "builder")) {
      return Answer.of(200, Map.of(), temporaryKey());
    }
    throw new Rejection(404, "Not Found");
  }

  private String temporaryKey() {
    List<String> key = keys.issue();
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("AccessKeyId", key.get(0)).put("SecretAccessKey", key.get(1));
    body.put("Token", key.get(2)).put("Expiration", Instant.now().plusSeconds(3600).toString());
    return body.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void require(boolean right, String refusal) throws Rejection {
    if (!right) {
      throw new Rejection(400, refusal);
    }
  }
}
