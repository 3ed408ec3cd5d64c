/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What indexes (OSGi Repository XML) offer, and the way from there into the deploy folder and back.
 * Where addresses are asked for they are folders, files or URLs of indexes; none stands for those
 * of the configuration. A service; safe for use by several threads.
 */
@ProviderType
public interface PluginRepository {

  /**
   * All plugins and providers on offer, by kind and name, the latest version first.
   *
   * @param warnings receives a sentence for each index that cannot be read
   * @throws RepositoryException if none can
   */
  List<Offer> offers(List<String> addresses, Consumer<String> warnings)
      throws RepositoryException, IOException, InterruptedException;

  /**
   * Whether an index has a plugin or provider of this name. Never fails, and asks the network,
   * briefly, only if there is no recent copy of the index.
   */
  boolean isOffered(ExtensionInfo.Kind kind, String name, List<String> addresses);

  /**
   * Puts jars into the deploy folder, with all they need that is not there yet. Nothing is put
   * there unless every jar is what the index says and the deploy folder would take it.
   *
   * @param wanted names of plugins, providers or bundles, each followed by {@code @VERSION} or
   *     {@code @RANGE} if not the latest version that fits is wanted
   * @param notes receives a sentence for each thing worth knowing
   * @return what was put there; empty if all was there already
   */
  List<InstalledJar> install(List<String> wanted, List<String> addresses, Consumer<String> notes)
      throws RepositoryException, IOException, InterruptedException;

  /**
   * Takes jars that {@link #install} put there out of the deploy folder, and those only they
   * needed.
   *
   * @param names of plugins, providers or bundles
   */
  List<InstalledJar> remove(List<String> names) throws RepositoryException, IOException;

  /**
   * Makes the index of the jars in a folder, as its {@code index.xml}.
   *
   * @param notes receives a sentence for each jar that is left out
   * @return what the index offers
   */
  List<Offer> index(Path folder, Consumer<String> notes) throws RepositoryException, IOException;
}
