/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import aQute.bnd.service.AnalyzerPlugin;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * A plugin of bnd that converts Java 5 class files in a bundle to the format of Java 8. The JVM
 * does not put classes in formats before Java 6 into an archive of classes, and verifies them with
 * the old, slow verifier at each start. The classes are not changed otherwise.
 */
public final class CurrentClassFiles implements AnalyzerPlugin {
  private static final int MAJOR_VERSION_AT = 7;
  private static final int FIRST_ARCHIVABLE = Opcodes.V1_6;

  @Override
  public boolean analyzeJar(Analyzer analyzer) throws Exception {
    Jar jar = analyzer.getJar();
    Map<String, byte[]> old = new HashMap<>();
    for (Map.Entry<String, Resource> entry : jar.getResources().entrySet()) {
      if (entry.getKey().endsWith(".class")) {
        byte[] classFile = read(entry.getValue());
        if (classFile[MAJOR_VERSION_AT] < FIRST_ARCHIVABLE) {
          old.put(entry.getKey(), classFile);
        }
      }
    }
    for (Map.Entry<String, byte[]> entry : old.entrySet()) {
      jar.putResource(
          entry.getKey(), new EmbeddedResource(rewritten(entry.getValue(), old), 0), true);
    }
    return false;
  }

  private static byte[] read(Resource resource) throws Exception {
    try (InputStream in = resource.openInputStream()) {
      return in.readAllBytes();
    }
  }

  /**
   * A class file in the format of Java 8.
   *
   * @param others the class files of the bundle by their paths
   */
  static byte[] rewritten(byte[] classFile, Map<String, byte[]> others) {
    ClassWriter writer = new FrameWriter(others);
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String name,
                  String signature,
                  String superName,
                  String[] interfaces) {
                super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
              }
            },
            ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /** Computes the stack maps, which class files of Java 5 lack. */
  private static final class FrameWriter extends ClassWriter {
    private static final String OBJECT = "java/lang/Object";

    private final Map<String, byte[]> classFiles;

    FrameWriter(Map<String, byte[]> classFiles) {
      super(ClassWriter.COMPUTE_FRAMES);
      this.classFiles = classFiles;
    }

    @Override
    protected String getCommonSuperClass(String one, String other) {
      List<String> supers = withSuperClasses(one);
      return withSuperClasses(other).stream().filter(supers::contains).findFirst().orElse(OBJECT);
    }

    private List<String> withSuperClasses(String name) {
      List<String> names = new ArrayList<>();
      for (String each = name; each != null; each = superClass(each)) {
        names.add(each);
      }
      return names;
    }

    /** Null for {@code Object}; {@code Object} for an interface, as in the verifier. */
    private String superClass(String name) {
      if (name.equals(OBJECT)) {
        return null;
      }
      byte[] classFile = classFiles.get(name + ".class");
      if (classFile != null) {
        return new ClassReader(classFile).getSuperName();
      }
      try {
        Class<?> type =
            Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
        return type.isInterface() ? OBJECT : type.getSuperclass().getName().replace('.', '/');
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("Unknown class " + name, e);
      }
    }
  }
}
