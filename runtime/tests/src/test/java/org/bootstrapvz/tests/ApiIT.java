/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * Compares the API with its first version, whose public signatures are checked in: none may be
 * missing, and implementations of an interface for plugins must not need additional methods. A run
 * with a difference writes the current signatures to {@code target/api.txt}.
 */
public class ApiIT {
  private static final Path FROZEN = Path.of("src/test/resources/api-1.0.txt");
  private static final Path TODAY = Path.of("target/api.txt");
  private static final Path JAR =
      Path.of(System.getProperty("bootstrapvz.distribution"), "bundles/org.bootstrapvz.api.jar");

  /** The interfaces that plugins implement. They only call the others. */
  private static final List<String> IMPLEMENTED =
      List.of(
          "org.bootstrapvz.api.task.Task",
          "org.bootstrapvz.api.extension.Extension",
          "org.bootstrapvz.api.extension.Plugin",
          "org.bootstrapvz.api.extension.Provider",
          "org.bootstrapvz.api.extension.BootloaderType",
          "org.bootstrapvz.api.extension.ImageFormatType",
          "org.bootstrapvz.api.extension.FilesystemType",
          "org.bootstrapvz.api.build.BuildListener",
          "org.bootstrapvz.api.resource.Creation",
          "org.bootstrapvz.api.resource.NamedCreation",
          "org.bootstrapvz.api.resource.ResourceType");

  private static List<Class<?>> types() throws IOException, ReflectiveOperationException {
    List<Class<?>> types = new ArrayList<>();
    URL[] urls = {JAR.toUri().toURL()};
    try (JarFile jar = new JarFile(JAR.toFile());
        URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class") && !entry.getName().endsWith("-info.class")) {
          Class<?> type = loader.loadClass(entry.getName().replace('/', '.').replace(".class", ""));
          if (Modifier.isPublic(type.getModifiers())) {
            types.add(type);
            signatures(type);
          }
        }
      }
    }
    return types;
  }

  private static List<String> signatures(Class<?> type) {
    List<String> signatures = new ArrayList<>();
    signatures.add(type.toGenericString());
    Stream.<Member>concat(
            Stream.of(type.getDeclaredFields()),
            Stream.concat(
                Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredConstructors())))
        .filter(member -> !member.isSynthetic())
        .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
        .map(ApiIT::signature)
        .forEach(signatures::add);
    return signatures;
  }

  private static String signature(Member member) {
    if (member instanceof Method method) {
      return method.toGenericString();
    }
    return member instanceof Field field ? field.toGenericString() : member.toString();
  }

  private static TreeSet<String> today() throws IOException, ReflectiveOperationException {
    return types().stream()
        .flatMap(type -> signatures(type).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  public void noSignatureOfTheFirstApiIsMissing() throws Exception {
    TreeSet<String> today = today();
    Files.writeString(TODAY, String.join("\n", today) + "\n");
    TreeSet<String> missing = new TreeSet<>(Files.readAllLines(FROZEN));
    assertFalse(missing.isEmpty());
    missing.removeAll(today);
    assertEquals("compare with " + TODAY.toAbsolutePath(), new TreeSet<>(), missing);
  }

  @Test
  public void implementationsOfAnInterfaceNeedNoNewMethods() throws Exception {
    List<String> frozen = Files.readAllLines(FROZEN);
    List<String> more = new ArrayList<>();
    for (Class<?> type : types()) {
      if (IMPLEMENTED.contains(type.getName())) {
        for (Method method : type.getDeclaredMethods()) {
          if (Modifier.isAbstract(method.getModifiers())
              && !frozen.contains(method.toGenericString())) {
            more.add(method.toGenericString());
          }
        }
      }
    }
    assertEquals(List.of(), more);
  }
}
