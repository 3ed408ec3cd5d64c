/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class ArchivableCodeTest {
  /** The class files of a test class and of the classes in it. */
  private static Map<String, byte[]> classFiles(Class<?> type) throws Exception {
    Path root = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    String prefix = type.getName().replace('.', '/');
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = root.relativize(file).toString();
        if (path.equals(prefix + ".class") || path.startsWith(prefix + "$")) {
          files.put(path, Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  /** A class loader that prefers the given class files. */
  private static ClassLoader loader(Map<String, byte[]> classFiles) {
    return new ClassLoader(ArchivableCodeTest.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
          byte[] classFile = classFiles.get(name.replace('.', '/') + ".class");
          Class<?> loaded = findLoadedClass(name);
          if (classFile == null || loaded != null) {
            return loaded == null ? super.loadClass(name, resolve) : loaded;
          }
          return defineClass(name, classFile, 0, classFile.length);
        }
      }
    };
  }

  /** The bootstrap methods that the code of a class file names. */
  private static List<String> bootstrapMethods(byte[] classFile) {
    List<String> found = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitInvokeDynamicInsn(
                      String name, String descriptor, Handle bootstrap, Object... arguments) {
                    found.add(name);
                  }
                };
              }
            },
            0);
    return found;
  }

  @Test
  void expressionsOfEveryKindGiveTheSameAsClasses() throws Exception {
    Map<String, byte[]> original = classFiles(Expressions.class);
    Map<String, byte[]> all = new TreeMap<>(original);
    Map<String, byte[]> rewritten = ArchivableCode.rewritten(original);
    all.putAll(rewritten);
    List<Object> expected = new Expressions().get();
    assertTrue(expected.size() > 25, expected.toString());

    Object again =
        loader(all).loadClass(Expressions.class.getName()).getConstructor().newInstance();

    assertEquals(expected, ((Supplier<?>) again).get());
    assertTrue(again.getClass() != Expressions.class);
    for (Map.Entry<String, byte[]> each : all.entrySet()) {
      // Only toString of records is left.
      List<String> left = bootstrapMethods(each.getValue());
      assertTrue(Set.of("toString").containsAll(left), each.getKey() + " has " + left);
    }
  }

  @Test
  void aStackTraceNamesTheSourceFile() throws Exception {
    Map<String, byte[]> rewritten = ArchivableCode.rewritten(classFiles(Expressions.class));
    String path = Expressions.class.getName().replace('.', '/') + "$$Lambda0.class";
    List<String> sources = new ArrayList<>();
    new ClassReader(rewritten.get(path))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public void visitSource(String source, String debug) {
                sources.add(source);
              }
            },
            0);
    assertEquals(List.of("Expressions.java"), sources);
  }

  /** Its lambda expression is written to a stream by its name, which a new class would lack. */
  static final class SerializableOnly {
    Runnable get() {
      return (Runnable & Serializable) () -> {};
    }
  }

  @Test
  void aSerializableLambdaStaysAsItIs() throws Exception {
    String path = SerializableOnly.class.getName().replace('.', '/') + ".class";
    assertEquals(Map.of(), ArchivableCode.rewritten(Map.of(path, classFile(path))));
  }

  private static byte[] classFile(String path) throws IOException {
    try (InputStream in = ArchivableCodeTest.class.getClassLoader().getResourceAsStream(path)) {
      return in.readAllBytes();
    }
  }
}
