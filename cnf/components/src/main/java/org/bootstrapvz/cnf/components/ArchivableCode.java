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
 * A plugin of bnd that replaces what the JVM would turn into classes at run time by code and
 * classes of the bundle. A class archive holds the JVM's own classes of that kind only for its own
 * class loaders, not for those of bundles, and there are hundreds of them at each start.
 *
 * <ul>
 *   <li>A lambda expression or method reference becomes a {@link LambdaClass}, a nest mate of the
 *       class with the expression, so that it can call the private method with the body. It stays
 *       as it is in a class file of Java 10 or before, which knows no nests, and if javac compiled
 *       it with {@code altMetafactory} (serializable lambdas, bridges, marker interfaces).
 *   <li>{@code hashCode} and {@code equals} of a record become a {@link RecordMethod}.
 * </ul>
 */
public final class ArchivableCode implements AnalyzerPlugin {
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
    // A file that is not older than everything in the bundle would not be replaced.
    long now = System.currentTimeMillis();
    rewritten(classFiles)
        .forEach(
            (path, classFile) -> jar.putResource(path, new EmbeddedResource(classFile, now), true));
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
          if (rewriter.changed) {
            changed.put(path, writer.toByteArray());
          }
          if (!rewriter.made.isEmpty()) {
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
    private boolean changed;

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
        private boolean deeper;

        @Override
        public void visitInvokeDynamicInsn(
            String method, String expression, Handle bootstrap, Object... arguments) {
          if (isLambda(bootstrap)) {
            String lambda = addClass(method, expression, arguments);
            super.visitMethodInsn(
                Opcodes.INVOKESTATIC, lambda, LambdaClass.FACTORY, expression, false);
            changed = true;
          } else if (RecordMethod.isOne(method, bootstrap)) {
            RecordMethod.of(method, arguments).write(this);
            deeper = true;
            changed = true;
          } else {
            super.visitInvokeDynamicInsn(method, expression, bootstrap, arguments);
          }
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
          super.visitMaxs(deeper ? Math.max(maxStack, RecordMethod.STACK) : maxStack, maxLocals);
        }
      };
    }

    private boolean isLambda(Handle bootstrap) {
      int major = version & 0xffff; // the other half is the minor version
      return major >= Opcodes.V11
          && bootstrap.getOwner().equals(METAFACTORY)
          && bootstrap.getName().equals("metafactory");
    }

    /** Returns the internal name of the new class. */
    private String addClass(String method, String expression, Object... arguments) {
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
      return name;
    }
  }
}
