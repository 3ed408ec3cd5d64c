/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds a method that calls one that ends the process. The main methods of programs are skipped:
 * libraries have them, and nobody calls them in a bundle.
 */
final class ExitCallVisitor extends ClassVisitor {
  private static final int API = Opcodes.ASM9;

  /** By owner and name, as a programmer writes them. */
  private static final Map<String, String> ENDING =
      Map.of(
          "java/lang/System.exit", "System.exit",
          "java/lang/Runtime.exit", "Runtime.exit",
          "java/lang/Runtime.halt", "Runtime.halt",
          "sun/misc/Signal.raise", "Signal.raise",
          "jdk/internal/misc/Signal.raise", "Signal.raise");

  private final String className;
  private @Nullable String found;

  private ExitCallVisitor(String className) {
    super(API);
    this.className = className;
  }

  /**
   * Finds the first such call of a class.
   *
   * @param entry its name in the jar
   * @return which method calls what, as the end of a sentence
   */
  static Optional<String> find(String entry, byte[] content) {
    try {
      ClassReader reader = new ClassReader(content);
      ExitCallVisitor visitor = new ExitCallVisitor(reader.getClassName().replace('/', '.'));
      reader.accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return Optional.ofNullable(visitor.found);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.of(
          "has the class "
              + entry
              + ", which cannot be read: it is damaged, or for a newer version of Java");
    }
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    boolean program =
        name.equals("main")
            && descriptor.equals("([Ljava/lang/String;)V")
            && (access & Opcodes.ACC_STATIC) != 0;
    return program || found != null ? null : new Body(name);
  }

  private final class Body extends MethodVisitor {
    private final String method;

    Body(String method) {
      super(API);
      this.method = method;
    }

    private void check(String owner, String name) {
      String ending = ENDING.get(owner + "." + name);
      if (ending != null) {
        found =
            "calls "
                + ending
                + " in the "
                + (method.equals("<init>")
                    ? "constructor"
                    : method.equals("<clinit>") ? "static initializer" : "method " + method)
                + " of its class "
                + className;
      }
    }

    private void check(Object constant) {
      if (constant instanceof Handle handle) {
        check(handle.getOwner(), handle.getName());
      } else if (constant instanceof ConstantDynamic dynamic) {
        for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
          check(dynamic.getBootstrapMethodArgument(i));
        }
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      check(owner, name);
    }

    /** References such as {@code System::exit}. */
    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        check(argument);
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      check(value);
    }
  }
}
