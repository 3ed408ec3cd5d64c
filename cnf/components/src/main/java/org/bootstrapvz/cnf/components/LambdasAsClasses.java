/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import aQute.bnd.service.AnalyzerPlugin;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A plugin of bnd that replaces each lambda expression and method reference in a bundle by a class
 * of the bundle. The JVM makes the class of a lambda expression when it is first evaluated, and a
 * class archive holds such classes only for the JVM's own class loaders, not for those of bundles.
 * Hundreds of lambda expressions are evaluated at each start.
 *
 * <p>The new class is a nest mate of the class with the expression, so that it can call the private
 * method with the body. What javac compiles with {@code altMetafactory} (serializable lambdas,
 * bridges, marker interfaces) stays as it is.
 */
public final class LambdasAsClasses implements AnalyzerPlugin {
  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

  @Override
  public boolean analyzeJar(Analyzer analyzer) throws Exception {
    Jar jar = analyzer.getJar();
    Map<String, byte[]> classFiles = new TreeMap<>();
    for (Map.Entry<String, Resource> entry : jar.getResources().entrySet()) {
      String path = entry.getKey();
      if (path.endsWith(".class") && !path.startsWith("META-INF/")) {
        try (InputStream in = entry.getValue().openInputStream()) {
          classFiles.put(path, in.readAllBytes());
        }
      }
    }
    rewritten(classFiles)
        .forEach(
            (path, classFile) -> jar.putResource(path, new EmbeddedResource(classFile, 0), true));
    return false;
  }

  /**
   * The classes that change, and the new ones.
   *
   * @param classFiles the class files of the bundle by their paths
   */
  static Map<String, byte[]> rewritten(Map<String, byte[]> classFiles) {
    Map<String, byte[]> changed = new TreeMap<>();
    Map<String, List<String>> nestMembers = new TreeMap<>();
    classFiles.forEach(
        (path, classFile) -> {
          ClassWriter writer = new ClassWriter(0);
          Rewriter rewriter = new Rewriter(writer, changed);
          new ClassReader(classFile).accept(rewriter, 0);
          if (!rewriter.made.isEmpty()) {
            changed.put(path, writer.toByteArray());
            nestMembers
                .computeIfAbsent(rewriter.nestHost, host -> new ArrayList<>())
                .addAll(rewriter.made);
          }
        });
    nestMembers.forEach(
        (host, members) -> {
          String path = host + ".class";
          byte[] classFile = changed.getOrDefault(path, classFiles.get(path));
          changed.put(path, withNestMembers(classFile, members));
        });
    return changed;
  }

  private static byte[] withNestMembers(byte[] classFile, List<String> members) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visitEnd() {
                members.forEach(this::visitNestMember);
                super.visitEnd();
              }
            },
            0);
    return writer.toByteArray();
  }

  /** Rewrites one class. */
  private static final class Rewriter extends ClassVisitor {
    private final Map<String, byte[]> classFiles;
    private final List<String> made = new ArrayList<>();
    private int version;
    private String owner;
    private String source;
    private String nestHost;

    /**
     * @param classFiles takes the new classes
     */
    Rewriter(ClassVisitor writer, Map<String, byte[]> classFiles) {
      super(Opcodes.ASM9, writer);
      this.classFiles = classFiles;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      this.version = version;
      owner = name;
      nestHost = name;
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public void visitSource(String source, String debug) {
      this.source = source;
      super.visitSource(source, debug);
    }

    @Override
    public void visitNestHost(String nestHost) {
      this.nestHost = nestHost;
      super.visitNestHost(nestHost);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitInvokeDynamicInsn(
            String method, String expression, Handle bootstrap, Object... arguments) {
          // Nest mates exist since the class files of Java 11.
          boolean replaceable =
              (version & 0xffff) >= Opcodes.V11
                  && bootstrap.getOwner().equals(METAFACTORY)
                  && bootstrap.getName().equals("metafactory");
          if (!replaceable) {
            super.visitInvokeDynamicInsn(method, expression, bootstrap, arguments);
            return;
          }
          String name = owner + "$$Lambda" + made.size();
          LambdaClass lambda =
              new LambdaClass(
                  name,
                  method,
                  Type.getReturnType(expression),
                  List.of(Type.getArgumentTypes(expression)),
                  (Type) arguments[0],
                  (Handle) arguments[1],
                  (Type) arguments[2]);
          classFiles.put(name + ".class", lambda.classFile(version, nestHost, source));
          made.add(name);
          super.visitMethodInsn(Opcodes.INVOKESTATIC, name, LambdaClass.FACTORY, expression, false);
        }
      };
    }
  }
}
