/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.http.Authenticator;
import org.bootstrapvz.appliance.api.http.RequestHead;

/** Identifies callers by the header X-Sample-Key. */
public final class KeyAuthenticator implements Authenticator {
  @Override
  public Optional<Identity> authenticate(RequestHead request) {
    return request
        .header("X-Sample-Key")
        .filter("open sesame"::equals)
        .map(key -> new Identity("ali", Role.VIEWER));
  }
}
