/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cloud;

import java.util.List;

/**
 * How an image finds out about its machine in a cloud. The provider of the cloud provides it.
 *
 * @param datasources where cloud-init looks for metadata, in its spelling, most likely first:
 *     {@code Ec2}
 * @param user the user that cloud-init creates, unless the manifest names another one
 * @param timeServers the time servers of the cloud, which its machines reach without the internet;
 *     empty for those of Debian
 */
public record CloudGuest(List<String> datasources, String user, List<String> timeServers) {
  /** Copies the lists. */
  public CloudGuest {
    datasources = List.copyOf(datasources);
    timeServers = List.copyOf(timeServers);
  }
}
