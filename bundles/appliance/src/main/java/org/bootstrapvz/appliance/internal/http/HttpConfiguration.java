/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where and how the appliance is reached. */
@ObjectClassDefinition(
    name = "HTTP of the appliance",
    description = "Where and how the appliance is reached")
@interface HttpConfiguration {
  @AttributeDefinition(description = "The address it listens at; 0.0.0.0 for all of the machine")
  String address() default "127.0.0.1";

  @AttributeDefinition(description = "The port it listens at; 0 for any that is free")
  int port() default 8484;

  @AttributeDefinition(
      description =
          "Names by which it may be asked, besides localhost. Empty: on an address other than the"
              + " loopback any name")
  String[] hosts() default {};

  @AttributeDefinition(
      description = "A PEM file with the certificate and those of who signed it. Empty: no TLS")
  String certificate() default "";

  @AttributeDefinition(description = "A PEM file with the certificate's key (PKCS #8)")
  String key() default "";

  @AttributeDefinition(description = "The largest body of a request, in bytes")
  int largest_body() default 1 << 20;

  @AttributeDefinition(
      description = "Seconds after which a connection on which nothing moves is closed")
  int idle_seconds() default 30;

  @AttributeDefinition(description = "The most threads that answer requests")
  int threads() default 24;
}
