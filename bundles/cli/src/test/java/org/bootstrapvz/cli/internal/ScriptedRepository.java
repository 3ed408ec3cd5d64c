/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.repository.IndexSigning;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.repository.RepositoryException;

/** Notes what it is asked and answers what a test wants to see shown. */
final class ScriptedRepository implements PluginRepository {
  final List<String> asked = new ArrayList<>();
  final List<InstalledJar> jars = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  String problem = "";

  private void ask(String what) throws RepositoryException {
    asked.add(what);
    if (!problem.isEmpty()) {
      throw new RepositoryException(problem);
    }
  }

  @Override
  public List<Offer> offers(List<String> addresses, Consumer<String> warnings)
      throws RepositoryException {
    ask("offers of " + addresses);
    notes.forEach(warnings);
    return List.of(
        new Offer(Kind.PROVIDER, "kvm", "1.1.0", "For KVM", "org.bootstrapvz.provider.kvm"),
        new Offer(Kind.PROVIDER, "kvm", "1.0.0", "For KVM", "org.bootstrapvz.provider.kvm"),
        new Offer(Kind.PLUGIN, "sign", "2.0.0", "", "org.acme.sign"));
  }

  @Override
  public boolean isOffered(Kind kind, String name, List<String> addresses) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<InstalledJar> install(
      List<String> wanted, List<String> addresses, Consumer<String> receiver)
      throws RepositoryException {
    ask("install " + wanted + " from " + addresses);
    notes.forEach(receiver);
    return jars;
  }

  @Override
  public List<InstalledJar> remove(List<String> names) throws RepositoryException {
    ask("remove " + names);
    return jars;
  }

  @Override
  public List<Offer> index(Path folder, Optional<IndexSigning> signing, Consumer<String> receiver)
      throws RepositoryException {
    ask("index " + folder + signing.map(how -> " signed: " + how).orElse(""));
    return List.of(new Offer(Kind.PLUGIN, "sign", "2.0.0", "", "org.acme.sign"));
  }
}
