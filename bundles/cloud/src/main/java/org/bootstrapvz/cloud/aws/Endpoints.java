/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.net.URI;
import java.util.Locale;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Encryption;
import org.bootstrapvz.cloud.http.Surroundings;

/**
 * The addresses of services in a region. AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SERVICE replace
 * them, as in the tools of AWS.
 *
 * @param region the region
 * @param surroundings the variables
 */
public record Endpoints(String region, Surroundings surroundings) {
  private static final String VARIABLE = "AWS_ENDPOINT_URL";

  /** Returns the address of a service; ends with a slash. */
  public URI of(String service) throws BuildException {
    String own = VARIABLE + "_" + service.toUpperCase(Locale.ROOT);
    String variable = surroundings.variable(own).isEmpty() ? VARIABLE : own;
    String address = surroundings.variable(variable);
    if (address.isEmpty()) {
      return URI.create("https://" + service + "." + region + "." + domain(region) + "/");
    }
    try {
      URI uri = URI.create(address.replaceAll("/+$", "") + "/");
      if (Encryption.isSafe(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new BuildException(variable + " is not an address: \"" + address + "\"", e);
    }
    throw new BuildException(
        variable + " is \"" + address + "\", but must start with https://: requests are signed");
  }

  /** Returns the region that knows all others of the partition. */
  public String mainRegion() {
    if (region.startsWith("cn-")) {
      return "cn-north-1";
    }
    if (region.startsWith("us-gov-")) {
      return "us-gov-west-1";
    }
    return domain(region).equals("amazonaws.com") ? "us-east-1" : region;
  }

  /** Returns the address of a page of the console of EC2; empty if the partition has another. */
  public String console(String page) {
    if (region.startsWith("us-gov-") || !domain(region).equals("amazonaws.com")) {
      return "";
    }
    return "https://" + region + ".console.aws.amazon.com/ec2/home?region=" + region + "#" + page;
  }

  private static String domain(String region) {
    if (region.startsWith("cn-")) {
      return "amazonaws.com.cn";
    }
    if (region.startsWith("eusc-")) {
      return "amazonaws.eu";
    }
    if (region.startsWith("us-iso-")) {
      return "c2s.ic.gov";
    }
    if (region.startsWith("us-isob-")) {
      return "sc2s.sgov.gov";
    }
    return "amazonaws.com";
  }
}
