/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.ledger;

import java.util.List;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Lists and deletes what builds created in an account of a cloud. A service with the property
 * {@link #PROVIDER}; safe for use by several threads.
 */
@ConsumerType
public interface CloudInventory {
  /** Service property: the name of the provider. */
  String PROVIDER = "bootstrapvz.cloud.provider";

  /**
   * Opens the account that the user is logged in to.
   *
   * @param profile names the credentials, such as a cloud of clouds.yaml; empty for the default
   * @param mask receives the secrets that must not be shown
   * @throws NoCredentialsException if there are no credentials
   * @throws BuildException if the cloud does not accept them
   */
  Account open(String profile, Consumer<Secret> mask) throws BuildException;

  /** An account. Used by one thread. */
  @ConsumerType
  interface Account extends AutoCloseable {
    /**
     * Returns all resources that bear the mark, in an order in which they can be deleted: those
     * that use others first, and of one kind the oldest first.
     */
    List<CloudResource> list() throws BuildException;

    /**
     * Deletes a resource. Succeeds if it is gone.
     *
     * @throws BuildException if it could not be deleted, or does not bear the mark any more
     */
    void delete(CloudResource resource) throws BuildException;

    @Override
    void close();
  }
}
