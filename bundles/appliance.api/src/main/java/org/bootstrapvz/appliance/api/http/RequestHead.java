/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.http;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A request without its body. Immutable; remains valid after the request has been answered. */
@ProviderType
public interface RequestHead {
  /** The HTTP method, in upper case. */
  String method();

  /** The path as sent, percent-encoded, without the query. */
  String path();

  /** The value of a header, whose name is not case-sensitive; the first if there are several. */
  Optional<String> header(String name);

  /** The value of a cookie. */
  Optional<String> cookie(String name);

  /** The IP address of the caller, or of the last proxy before the appliance. */
  String remoteAddress();

  /** Whether the connection is encrypted with TLS. */
  boolean secure();
}
