/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.repository.RepositoryException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Hands on to the repository in the folder {@code installer}. Its bundles are started when it is
 * asked for the first time: hardly any command needs them.
 */
@Component(property = "service.ranking:Integer=100")
public final class LazyPluginRepository implements PluginRepository {
  private final BundleContext context;
  private final PluginSettings settings;

  @Activate
  public LazyPluginRepository(BundleContext context) {
    this.context = context;
    this.settings = PluginSettings.of(context);
  }

  @Override
  public List<Offer> offers(List<String> addresses, Consumer<String> warnings)
      throws RepositoryException, IOException, InterruptedException {
    List<String> asked = configured(addresses);
    return repository().offers(asked, warnings);
  }

  @Override
  public boolean isOffered(ExtensionInfo.Kind kind, String name, List<String> addresses) {
    try {
      List<String> asked = addresses.isEmpty() ? settings.repositories() : addresses;
      return !asked.isEmpty() && repository().isOffered(kind, name, asked);
    } catch (RepositoryException | IOException e) {
      return false;
    }
  }

  @Override
  public List<InstalledJar> install(
      List<String> wanted, List<String> addresses, Consumer<String> notes)
      throws RepositoryException, IOException, InterruptedException {
    List<String> asked = configured(addresses);
    return repository().install(wanted, asked, notes);
  }

  @Override
  public List<InstalledJar> remove(List<String> names) throws RepositoryException, IOException {
    return repository().remove(names);
  }

  @Override
  public List<Offer> index(Path folder, Consumer<String> notes)
      throws RepositoryException, IOException {
    return repository().index(folder, notes);
  }

  private List<String> configured(List<String> addresses) throws RepositoryException, IOException {
    List<String> asked = addresses.isEmpty() ? settings.repositories() : addresses;
    if (asked.isEmpty()) {
      throw new RepositoryException(
          "No repository of plugins is known; name one with --repository=FOLDER|URL, or in "
              + settings.file()
              + " (repositories = ...)");
    }
    return asked;
  }

  private synchronized PluginRepository repository() throws RepositoryException {
    if (found().isEmpty()) {
      startBundles();
    }
    return context.getService(
        found().stream()
            .findFirst()
            .orElseThrow(
                () -> new RepositoryException("The bundles in " + folder() + " do not start")));
  }

  private Collection<ServiceReference<PluginRepository>> found() {
    try {
      return context.getServiceReferences(PluginRepository.class, "(bootstrapvz.installer=true)");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void startBundles() throws RepositoryException {
    List<Bundle> bundles = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder(), "*.jar")) {
      for (Path jar : jars) {
        bundles.add(context.installBundle("reference:" + jar.toUri()));
      }
      for (Bundle bundle : bundles) {
        bundle.start(Bundle.START_TRANSIENT);
      }
    } catch (IOException e) {
      throw new RepositoryException(
          "What installs plugins is missing: the folder " + folder() + " of the distribution", e);
    } catch (BundleException e) {
      throw new RepositoryException(
          "What installs plugins does not start: " + FrameworkBundles.firstLine(e), e);
    }
  }

  private Path folder() {
    return Path.of(String.valueOf(context.getProperty("bootstrapvz.home")), "installer");
  }
}
