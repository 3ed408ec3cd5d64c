/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.bootstrapvz.api.extension.BootloaderDefinition;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.FilesystemDefinition;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatDefinition;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.task.Task;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The manifest and the component descriptions of a bundle, read without a container. */
public final class BundleContent {
  private static final Pattern CLAUSE = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+");
  private static final Pattern RANGE = Pattern.compile("version=\"\\[[^,\"]+,[^,\"]+\\)\"");
  private static final String NAME = "[a-z0-9]+(_[a-z0-9]+)*";
  private static final String TYPE_NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private final Attributes manifest;
  private final List<Declared> components = new ArrayList<>();

  private BundleContent(Path top) throws IOException {
    Path file = top.resolve("META-INF/MANIFEST.MF");
    if (!Files.exists(file)) {
      throw new IOException(file + " is missing: run bnd-maven-plugin before the tests");
    }
    try (InputStream in = Files.newInputStream(file)) {
      manifest = new Manifest(in).getMainAttributes();
    }
    Path folder = top.resolve("OSGI-INF");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> found = Files.list(folder)) {
        for (Path xml : found.filter(each -> each.toString().endsWith(".xml")).sorted().toList()) {
          read(xml);
        }
      }
    }
  }

  /** The content of a jar, or of a directory of classes that becomes one. */
  public static BundleContent of(Path jarOrFolder) throws IOException {
    if (Files.isDirectory(jarOrFolder)) {
      return new BundleContent(jarOrFolder);
    }
    try (FileSystem jar = FileSystems.newFileSystem(jarOrFolder)) {
      return new BundleContent(jar.getPath("/"));
    }
  }

  /** The content of the bundle that contains this class. */
  public static BundleContent with(Class<?> type) throws IOException {
    try {
      return of(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(Path xml) throws IOException {
    try (InputStream in = Files.newInputStream(xml)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element top = factory.newDocumentBuilder().parse(in).getDocumentElement();
      List<Element> all = new ArrayList<>(elements(top, "scr:component"));
      if (top.getTagName().endsWith("component")) {
        all.add(top);
      }
      all.forEach(component -> components.add(declared(component)));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(xml + ": " + e.getMessage(), e);
    }
  }

  private static Declared declared(Element component) {
    Map<String, List<String>> properties = new LinkedHashMap<>();
    for (Element property : elements(component, "property")) {
      String value =
          property.hasAttribute("value")
              ? property.getAttribute("value")
              : property.getTextContent();
      properties.put(
          property.getAttribute("name"),
          Arrays.stream(value.split("\n")).map(String::strip).filter(s -> !s.isEmpty()).toList());
    }
    return new Declared(
        elements(component, "implementation").get(0).getAttribute("class"),
        elements(component, "provide").stream().map(e -> e.getAttribute("interface")).toList(),
        properties);
  }

  private static List<Element> elements(Element in, String name) {
    NodeList found = in.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  /** Its symbolic name. */
  public String symbolicName() {
    return header("Bundle-SymbolicName").replaceFirst(";.*", "");
  }

  /** A header of its manifest; empty if it has none. */
  public String header(String name) {
    String value = manifest.getValue(name);
    return value == null ? "" : value;
  }

  /** Its tasks. */
  public List<Declared> tasks() {
    return offering(Task.class);
  }

  /** Its components that are registered with this interface. */
  public List<Declared> offering(Class<?> service) {
    return components.stream().filter(each -> each.services().contains(service.getName())).toList();
  }

  /** Its tasks in an order that satisfies all their declarations. */
  public List<Declared> tasksInOrder() {
    return Declared.inOrder(tasks(), new ArrayList<>());
  }

  /** The errors in its metadata, as sentences; empty if there are none. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (String required : List.of("Bundle-SymbolicName", "Bundle-Version")) {
      if (header(required).isEmpty()) {
        problems.add("The manifest has no " + required);
      }
    }
    for (String refused : List.of("DynamicImport-Package", "Require-Bundle")) {
      if (!header(refused).isEmpty()) {
        problems.add("The manifest has a " + refused + "; import the packages that are needed");
      }
    }
    Matcher imports = CLAUSE.matcher(header("Import-Package"));
    while (imports.find()) {
      checkImport(imports.group(), problems);
    }
    tasks().forEach(task -> problems.addAll(task.problemsOfTask()));
    Declared.inOrder(tasks(), problems);
    if (Stream.of(
            Provider.class,
            Plugin.class,
            BootloaderType.class,
            ImageFormatType.class,
            FilesystemType.class)
        .allMatch(service -> offering(service).isEmpty())) {
      problems.add(
          "No component is a provider, a plugin, a bootloader, an image format or a filesystem");
    }
    check(Provider.class, ProviderDefinition.PREFIX_, NAME, problems);
    check(Plugin.class, PluginDefinition.PREFIX_, NAME, problems);
    check(BootloaderType.class, BootloaderDefinition.PREFIX_, TYPE_NAME, problems);
    check(ImageFormatType.class, ImageFormatDefinition.PREFIX_, TYPE_NAME, problems);
    check(FilesystemType.class, FilesystemDefinition.PREFIX_, TYPE_NAME, problems);
    return problems;
  }

  private void checkImport(String clause, List<String> problems) {
    String name = clause.replaceFirst(";.*", "");
    if (!name.startsWith("org.bootstrapvz.")) {
      return;
    }
    if (!name.matches("org\\.bootstrapvz\\.(api|cli|cloud|common)(\\..*)?")
        && !name.startsWith(symbolicName())) {
      problems.add(
          name
              + " is imported, but only org.bootstrapvz.api, cli, cloud and common are for others");
    }
    if (!RANGE.matcher(clause).find()) {
      problems.add(name + " is imported in any version; import a range such as [1.0,2)");
    }
  }

  private void check(Class<?> service, String prefix, String allowed, List<String> problems) {
    String namespace = "org." + prefix.substring(0, prefix.length() - 1);
    for (Declared each : offering(service)) {
      String name = String.join("", each.properties().getOrDefault(prefix + "name", List.of()));
      if (!name.matches(allowed)) {
        problems.add(each.implementation() + ": \"" + name + "\" is not a name for a manifest");
      }
      if (each.properties().getOrDefault(prefix + "description", List.of()).isEmpty()) {
        problems.add(each.implementation() + " has no description");
      }
      String capability = namespace + "=\"?" + Pattern.quote(name) + "\"?";
      if (!Pattern.compile(capability).matcher(header("Provide-Capability")).find()) {
        problems.add("The manifest does not offer the capability " + namespace + "=" + name);
      }
    }
  }
}
