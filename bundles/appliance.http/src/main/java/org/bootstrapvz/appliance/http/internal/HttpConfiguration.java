/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The address and limits of the server. Durations and sizes are checked by HttpSection. */
@ObjectClassDefinition(
    name = "bootstrap-vz HTTP",
    description = "The address and limits of the appliance's server")
public @interface HttpConfiguration {
  /** The name of the configuration. */
  String PID = "org.bootstrapvz.appliance.http";

  @AttributeDefinition(
      name = "Address",
      description = "Address to listen on; 0.0.0.0 for all interfaces")
  String address() default "127.0.0.1";

  @AttributeDefinition(
      name = "Port",
      description = "Port to listen on; 0 for any free port",
      min = "0",
      max = "65535")
  int port() default 8484;

  @AttributeDefinition(
      name = "Hosts",
      description =
          "Host names accepted in the Host header, separated by commas, besides localhost, the"
              + " address of the connection and the names in the certificate",
      required = false)
  String[] hosts() default {};

  @AttributeDefinition(
      name = "Trusted proxies",
      description =
          "IP addresses or networks of proxies, separated by commas, whose headers"
              + " X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-For are used",
      required = false)
  String[] trustedProxies() default {};

  @AttributeDefinition(
      name = "Certificate",
      description = "PEM file with the certificate and its chain. Empty: no TLS",
      required = false)
  String certificate() default "";

  @AttributeDefinition(
      name = "Key",
      description = "PEM file with the private key of the certificate (PKCS #8, not encrypted)",
      required = false)
  String key() default "";

  @AttributeDefinition(
      name = "Maximum body size",
      description = "Maximum size of a request body, at most 1GiB")
  String maxBodySize() default "1MiB";

  @AttributeDefinition(name = "Idle timeout", description = "Idle timeout of a connection")
  String idleTimeout() default "30s";

  @AttributeDefinition(
      name = "Head timeout",
      description =
          "Maximum duration of the head of a request, and for how long a client may send or receive"
              + " less than minRate")
  String headTimeout() default "20s";

  @AttributeDefinition(
      name = "Minimum rate",
      description =
          "Minimum number of bytes per second of a request body and of a response, at most 1MiB")
  String minRate() default "512B";

  @AttributeDefinition(
      name = "Maximum connections",
      description =
          "Maximum number of connections. When there are more, the oldest ones without a valid token"
              + " are closed first, and those of admins never",
      min = "16",
      max = "100000")
  int maxConnections() default 2000;

  @AttributeDefinition(
      name = "Maximum connections per address",
      description =
          "Maximum number of connections from one address other than that of a trusted proxy",
      min = "8",
      max = "100000")
  int maxConnectionsPerAddress() default 1000;

  @AttributeDefinition(
      name = "Maximum streams per identity",
      description = "Maximum number of open event and log streams of one token",
      min = "1",
      max = "1000")
  int maxStreamsPerIdentity() default 100;

  @AttributeDefinition(
      name = "Threads",
      description = "Maximum number of threads that process requests",
      min = "6",
      max = "10000")
  int threads() default 24;

  @AttributeDefinition(
      name = "Extension timeout",
      description = "Timeout of a call of a resource or an authenticator of a plugin")
  String extensionTimeout() default "30s";
}
