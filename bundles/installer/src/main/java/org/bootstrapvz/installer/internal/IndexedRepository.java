/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.repository.DeployCheck;
import org.bootstrapvz.api.repository.IndexSigning;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.api.repository.SignerCheck;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.resolver.Resolver;

/** Installs bundles from indexes if they are compatible with the installed ones. */
@Component(property = "bootstrapvz.installer:Boolean=true")
public final class IndexedRepository implements PluginRepository {
  private final BundleContext context;
  private final Resolver resolver;
  private final DeployCheck check;
  private final Path deploy;
  private final Indexes indexes;

  @Activate
  public IndexedRepository(
      BundleContext context,
      @Reference Resolver resolver,
      @Reference DeployCheck check,
      @Reference SignerCheck signers) {
    this.context = context;
    this.resolver = resolver;
    this.check = check;
    this.deploy = Path.of(context.getProperty("bootstrapvz.deploy"));
    this.indexes =
        new Indexes(
            Path.of(context.getProperty("bootstrapvz.state"), "repositories"),
            signers,
            Clock.systemUTC());
  }

  @Override
  public List<Offer> offers(List<String> addresses, Consumer<String> warnings)
      throws RepositoryException, IOException, InterruptedException {
    return offers(indexes.read(addresses, warnings));
  }

  private static List<Offer> offers(List<IndexedBundle> latestFirst) {
    return latestFirst.stream()
        .flatMap(bundle -> bundle.offers().stream())
        .sorted(Comparator.comparing(Offer::kind).thenComparing(Offer::name))
        .toList();
  }

  @Override
  public boolean isOffered(ExtensionInfo.Kind kind, String name, List<String> addresses) {
    return addresses.stream()
        .flatMap(address -> indexes.known(address).stream())
        .anyMatch(bundle -> IndexedBundle.names(bundle.resource(), kind).contains(name));
  }

  @Override
  public List<Offer> index(Path folder, Optional<IndexSigning> signing, Consumer<String> notes)
      throws RepositoryException, IOException {
    return offers(indexes.write(folder, signing, notes));
  }

  @Override
  public synchronized List<InstalledJar> install(
      List<String> wanted, List<String> addresses, Consumer<String> notes)
      throws RepositoryException, IOException, InterruptedException {
    List<IndexedBundle> offered = indexes.read(addresses, notes);
    try (DeployedJars jars = DeployedJars.open(deploy)) {
      return new Installation(
              new InstalledBundles(context), jars, resolver, new BundleDownload(check), notes)
          .install(wanted, offered);
    }
  }

  @Override
  public synchronized List<InstalledJar> remove(List<String> names)
      throws RepositoryException, IOException {
    try (DeployedJars jars = DeployedJars.open(deploy)) {
      return new Removal(new InstalledBundles(context), jars).remove(names);
    }
  }
}
