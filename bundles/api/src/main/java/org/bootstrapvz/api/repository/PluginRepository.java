/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Installs plugins from indexes (OSGi Repository XML) into the deploy directory, and removes them.
 * Addresses are directories, files or URLs of indexes; an empty list means those of the
 * configuration. A service; safe for use by several threads.
 */
@ProviderType
public interface PluginRepository {

  /**
   * Returns all plugins, providers and types of volumes of the indexes, by kind and name, the
   * latest version first.
   *
   * @param warnings receives a sentence for each index that cannot be read
   * @throws RepositoryException if none can be read
   */
  List<Offer> offers(List<String> addresses, Consumer<String> warnings)
      throws RepositoryException, IOException, InterruptedException;

  /**
   * Returns whether an index has something of this kind and name. Does not fail. Uses the network,
   * with a short timeout, only if there is no recent copy of the index.
   */
  boolean isOffered(ExtensionInfo.Kind kind, String name, List<String> addresses);

  /**
   * Adds jars and their missing dependencies to the deploy directory. Adds nothing unless every jar
   * matches its checksum in the index and the deploy directory accepts it.
   *
   * @param wanted names of plugins, providers, types of volumes or bundles, each followed by
   *     {@code @VERSION} or {@code @RANGE} to select another than the latest compatible version
   * @param notes receives notes as sentences
   * @return the added jars; none if all were installed already
   */
  List<InstalledJar> install(List<String> wanted, List<String> addresses, Consumer<String> notes)
      throws RepositoryException, IOException, InterruptedException;

  /**
   * Removes jars that {@link #install} added from the deploy directory, and dependencies that only
   * they needed.
   *
   * @param names of plugins, providers, types of volumes or bundles
   */
  List<InstalledJar> remove(List<String> names) throws RepositoryException, IOException;

  /** Creates an index without a signature, see {@link #index(Path, Optional, Consumer)}. */
  default List<Offer> index(Path folder, Consumer<String> notes)
      throws RepositoryException, IOException {
    return index(folder, Optional.empty(), notes);
  }

  /**
   * Creates the index of the jars in a directory, as its {@code index.xml}, and if it is signed its
   * {@code index.signed}, with the number after that of the previous one.
   *
   * @param signing empty if it is not signed; a directory with a signed index needs it
   * @param notes receives a sentence for each jar that is skipped
   * @return the plugins, providers and types of volumes of the index
   */
  List<Offer> index(Path folder, Optional<IndexSigning> signing, Consumer<String> notes)
      throws RepositoryException, IOException;
}
