/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where and how the appliance is reached. */
@ObjectClassDefinition(
    name = "bootstrap-vz HTTP",
    description = "Where and how the appliance is reached")
@interface HttpConfiguration {
  @AttributeDefinition(
      name = "Address",
      description = "The address it listens at; 0.0.0.0 for all of the machine")
  String address() default "127.0.0.1";

  @AttributeDefinition(
      name = "Port",
      description = "The port it listens at; 0 for any that is free",
      min = "0",
      max = "65535")
  int port() default 8484;

  @AttributeDefinition(
      name = "Hosts",
      description =
          "Names by which it may be asked, besides localhost, separated by commas. Empty: on an"
              + " address other than the loopback any name",
      required = false)
  String[] hosts() default {};

  @AttributeDefinition(
      name = "Certificate",
      description = "A PEM file with the certificate and those of who signed it. Empty: no TLS",
      required = false)
  String certificate() default "";

  @AttributeDefinition(
      name = "Key",
      description = "A PEM file with the certificate's key (PKCS #8)",
      required = false)
  String key() default "";

  @AttributeDefinition(
      name = "Largest body",
      description = "The largest body of a request, in bytes",
      min = "1024",
      max = "1073741824")
  int largest_body() default 1 << 20;

  @AttributeDefinition(
      name = "Idle seconds",
      description = "Seconds after which a connection on which nothing moves is closed",
      min = "2",
      max = "86400")
  int idle_seconds() default 30;

  @AttributeDefinition(
      name = "Threads",
      description = "The most threads that answer requests",
      min = "6",
      max = "10000")
  int threads() default 24;
}
