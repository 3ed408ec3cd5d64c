/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the appliance listens, and the limits of its server. */
@ObjectClassDefinition(
    name = "bootstrap-vz HTTP",
    description = "Where the appliance listens, and the limits of its server")
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
          "Host names accepted in the Host header besides localhost, separated by commas. Empty: any"
              + " name, unless the address is a loopback address",
      required = false)
  String[] hosts() default {};

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
      description = "Maximum size of a request body, in bytes",
      min = "1024",
      max = "1073741824")
  int maxBodyBytes() default 1 << 20;

  @AttributeDefinition(
      name = "Idle timeout",
      description = "Idle timeout of a connection, in seconds",
      min = "2",
      max = "86400")
  int idleSeconds() default 30;

  @AttributeDefinition(
      name = "Threads",
      description = "Maximum number of threads that answer requests",
      min = "6",
      max = "10000")
  int threads() default 24;

  @AttributeDefinition(
      name = "Plugin timeout",
      description =
          "Seconds after which a call of a resource or an authenticator of a plugin is interrupted",
      min = "1",
      max = "3600")
  int pluginSeconds() default 30;
}
