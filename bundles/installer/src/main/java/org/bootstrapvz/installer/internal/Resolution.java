/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.resolution.internal.UnsatisfiedRequirement;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.namespace.IdentityNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wiring;
import org.osgi.service.resolver.HostedCapability;
import org.osgi.service.resolver.ResolutionException;
import org.osgi.service.resolver.ResolveContext;
import org.osgi.service.resolver.Resolver;

/** Determines which bundles of indexes have to be installed together with the requested ones. */
final class Resolution extends ResolveContext {
  private static final String NOWHERE = "which is neither installed nor in the index";

  private final List<Resource> here;
  private final Map<Resource, IndexedBundle> offered = new LinkedHashMap<>();
  private final Map<Resource, String> kept;
  private final Map<Requirement, List<IndexedBundle>> choices = new LinkedHashMap<>();
  private final Resource asking = new Asking();

  /** Represents the request of the user: requires one version of each requested bundle. */
  private final class Asking implements Resource {
    @Override
    public List<Capability> getCapabilities(String namespace) {
      return List.of();
    }

    @Override
    public List<Requirement> getRequirements(String namespace) {
      return choices.keySet().stream()
          .filter(each -> namespace == null || each.getNamespace().equals(namespace))
          .toList();
    }
  }

  private final class Wish implements Requirement {
    @Override
    public String getNamespace() {
      return IdentityNamespace.IDENTITY_NAMESPACE;
    }

    @Override
    public Map<String, String> getDirectives() {
      return Map.of();
    }

    @Override
    public Map<String, Object> getAttributes() {
      return Map.of();
    }

    @Override
    public Resource getResource() {
      return asking;
    }
  }

  /**
   * @param here the installed bundles, preferred to the offered ones
   * @param kept the names of installed bundles that must stay resolvable
   * @param offered the bundles of the indexes in order of preference
   * @param wanted the acceptable versions of each requested bundle, the best first
   */
  Resolution(
      List<Resource> here,
      Map<Resource, String> kept,
      List<IndexedBundle> offered,
      List<List<IndexedBundle>> wanted) {
    this.here = here;
    this.kept = kept;
    offered.forEach(bundle -> this.offered.put(bundle.resource(), bundle));
    wanted.forEach(versions -> choices.put(new Wish(), versions));
  }

  /** Returns the bundles to install; dependencies come first as far as the resolver orders them. */
  List<IndexedBundle> resolve(Resolver resolver) throws RepositoryException {
    try {
      Set<IndexedBundle> needed = new LinkedHashSet<>();
      for (Resource resource : resolver.resolve(this).keySet()) {
        Optional.ofNullable(offered.get(resource)).ifPresent(needed::add);
      }
      return List.copyOf(needed);
    } catch (ResolutionException e) {
      throw new RepositoryException(reason(), e);
    }
  }

  /** The messages of the resolver require knowledge of OSGi. */
  private String reason() {
    List<String> reasons = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (List<IndexedBundle> versions : choices.values()) {
      IndexedBundle best = versions.get(0);
      labels.add(best.symbolicName() + " " + best.version());
      hindrance(best.resource(), new HashSet<>())
          .ifPresent(
              lack ->
                  reasons.add(labels.get(labels.size() - 1) + " cannot be installed: it " + lack));
    }
    String wanted = String.join(", ", labels);
    for (Map.Entry<Resource, String> user : kept.entrySet()) {
      hindrance(user.getKey(), new HashSet<>())
          .ifPresent(
              lack ->
                  reasons.add(
                      wanted
                          + " cannot be installed: the installed "
                          + user.getValue()
                          + " "
                          + lack));
    }
    return reasons.isEmpty()
        ? wanted + " conflicts with an installed bundle"
        : String.join("\n", reasons);
  }

  /**
   * The unsatisfied requirements of a bundle or of its dependencies, as the end of a sentence;
   * empty if there are none.
   */
  private Optional<String> hindrance(Resource resource, Set<Resource> seen) {
    if (!seen.add(resource)) {
      return Optional.empty();
    }
    for (Requirement requirement : resource.getRequirements(null)) {
      if (!isEffective(requirement) || isOptional(requirement)) {
        continue;
      }
      List<Capability> found = findProviders(requirement);
      if (found.isEmpty()) {
        return Optional.of(
            new UnsatisfiedRequirement(requirement, offers(requirement.getNamespace()))
                .description(NOWHERE));
      }
      List<IndexedBundle> others =
          found.stream().map(each -> offered.get(each.getResource())).toList();
      if (others.stream().allMatch(Objects::nonNull)) {
        IndexedBundle other = others.get(0);
        Optional<String> deeper = hindrance(other.resource(), seen);
        if (deeper.isPresent()) {
          return Optional.of(
              "needs " + other.symbolicName() + " " + other.version() + ", which " + deeper.get());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOptional(Requirement requirement) {
    return Set.of(Namespace.RESOLUTION_OPTIONAL, PackageNamespace.RESOLUTION_DYNAMIC)
        .contains(
            requirement
                .getDirectives()
                .getOrDefault(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, ""));
  }

  /**
   * Installed bundles first, then the latest version: the resolver takes the first one that works.
   */
  private List<Capability> offers(String namespace) {
    List<Capability> offers = new ArrayList<>();
    here.forEach(resource -> offers.addAll(resource.getCapabilities(namespace)));
    offered.keySet().forEach(resource -> offers.addAll(resource.getCapabilities(namespace)));
    return offers;
  }

  @Override
  public Collection<Resource> getMandatoryResources() {
    List<Resource> mandatory = new ArrayList<>(kept.keySet());
    mandatory.add(asking);
    return mandatory;
  }

  @Override
  public List<Capability> findProviders(Requirement requirement) {
    if (choices.containsKey(requirement)) {
      List<Capability> versions = new ArrayList<>();
      choices
          .get(requirement)
          .forEach(each -> versions.addAll(each.resource().getCapabilities("osgi.identity")));
      return versions;
    }
    String text =
        requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
    Predicate<Map<String, Object>> matches;
    try {
      matches = text.isEmpty() ? attributes -> true : FrameworkUtil.createFilter(text)::matches;
    } catch (InvalidSyntaxException e) {
      return new ArrayList<>();
    }
    List<Capability> found = new ArrayList<>(offers(requirement.getNamespace()));
    found.removeIf(capability -> !matches.test(capability.getAttributes()));
    return found;
  }

  @Override
  public int insertHostedCapability(List<Capability> capabilities, HostedCapability hosted) {
    capabilities.add(hosted);
    return capabilities.size() - 1;
  }

  @Override
  public boolean isEffective(Requirement requirement) {
    return Namespace.EFFECTIVE_RESOLVE.equals(
        requirement
            .getDirectives()
            .getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE));
  }

  @Override
  public Map<Resource, Wiring> getWirings() {
    return Map.of();
  }
}
