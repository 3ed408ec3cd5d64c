/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of disks, which whoever has the address of an access may write. */
final class AzurePages {
  static final String PATH = "/md-sample/";

  /** What a signature contains. */
  static final String SIGNATURE = "sas-of-";

  private static final int PAGE = 512;
  private static final int MAX_WRITE = 4 << 20;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
  private static final Set<String> PARAMETERS = Set.of("sv", "sr", "sp", "sig", "comp");

  private final FakeAzure cloud;
  private final Map<String, byte[]> disks = new HashMap<>();

  /** Signatures that are valid, and the names of their disks. */
  private final Map<String, String> accesses = new HashMap<>();

  private int granted;
  private long bytes;
  private int longest;

  AzurePages(FakeAzure cloud) {
    this.cloud = cloud;
  }

  void create(String disk, int size) {
    disks.put(disk, new byte[size]);
  }

  byte[] content(String disk) {
    return disks.getOrDefault(disk, new byte[0]).clone();
  }

  void remove(String disk) {
    disks.remove(disk);
    revoke(disk);
  }

  String grant(String disk) {
    String signature = SIGNATURE + disk + "-" + ++granted;
    accesses.put(signature, disk);
    return cloud.address() + PATH + disk + "?sv=2018-03-28&sr=b&sp=rw&sig=" + signature;
  }

  void revoke(String disk) {
    accesses.values().removeIf(disk::equals);
  }

  void expire() {
    accesses.clear();
  }

  long bytesWritten() {
    return bytes;
  }

  int longestWrite() {
    return longest;
  }

  Answer process(Call call) {
    Map<String, String> query = call.query();
    String disk = call.path().substring(PATH.length());
    if (!disk.equals(accesses.get(query.getOrDefault("sig", "")))) {
      return error(403, "AuthenticationFailed");
    }
    if (call.header("Authorization").isPresent()) {
      return error(403, "InvalidAuthenticationInfo");
    }
    if (!PARAMETERS.containsAll(query.keySet())
        || !call.method().equals("PUT")
        || !query.getOrDefault("comp", "").equals("page")) {
      return error(400, "InvalidQueryParameterValue");
    }
    return write(disk, call);
  }

  private Answer write(String disk, Call call) {
    byte[] content = disks.getOrDefault(disk, new byte[0]);
    Matcher range = RANGE.matcher(call.header("x-ms-range").orElse(""));
    if (!call.header("x-ms-page-write").orElse("").equals("update") || !range.matches()) {
      return error(400, "MissingRequiredHeader");
    }
    long first = Long.parseLong(range.group(1));
    long end = Long.parseLong(range.group(2)) + 1;
    byte[] body = call.body();
    if (first % PAGE != 0 || end % PAGE != 0 || end <= first || end > content.length) {
      return error(416, "InvalidPageRange");
    }
    if (body.length > MAX_WRITE) {
      return error(413, "RequestBodyTooLarge");
    }
    if (body.length != end - first) {
      return error(400, "InvalidHeaderValue");
    }
    if (!call.header("Content-MD5").orElse("").equals(md5(body))) {
      return error(400, "Md5Mismatch");
    }
    System.arraycopy(body, 0, content, (int) first, body.length);
    bytes += body.length;
    longest = Math.max(longest, body.length);
    return Answer.of(201);
  }

  static Answer error(int status, String code) {
    return new Answer(
        status,
        Map.of("x-ms-error-code", code),
        ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
