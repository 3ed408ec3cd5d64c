/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.value.Secret;

/**
 * A server to which the user is logged in.
 *
 * @param token the token, which belongs to this server and to no other
 * @param user the name of the token
 * @param role the role of the token when the user logged in
 * @param authority the file with the CA certificates to trust, instead of those of Java
 */
record SavedServer(
    ServerAddress address, Secret token, String user, String role, Optional<Path> authority) {}
