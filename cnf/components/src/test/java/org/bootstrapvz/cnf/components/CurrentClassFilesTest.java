/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class CurrentClassFilesTest {
  /** A class of Java 5 that adds the numbers from 1 to n, with a loop, which needs a stack map. */
  private static byte[] classOfJava5() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, "Sum", null, "java/lang/Object", null);
    MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "to", "(I)I", null, null);
    Label loop = new Label();
    Label end = new Label();
    method.visitCode();
    method.visitInsn(Opcodes.ICONST_0);
    method.visitVarInsn(Opcodes.ISTORE, 1);
    method.visitLabel(loop);
    method.visitVarInsn(Opcodes.ILOAD, 0);
    method.visitJumpInsn(Opcodes.IFEQ, end);
    method.visitVarInsn(Opcodes.ILOAD, 1);
    method.visitVarInsn(Opcodes.ILOAD, 0);
    method.visitInsn(Opcodes.IADD);
    method.visitVarInsn(Opcodes.ISTORE, 1);
    method.visitIincInsn(0, -1);
    method.visitJumpInsn(Opcodes.GOTO, loop);
    method.visitLabel(end);
    method.visitVarInsn(Opcodes.ILOAD, 1);
    method.visitInsn(Opcodes.IRETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  @Test
  void aClassOfJava5IsRewrittenForJava8AndDoesTheSame() throws Exception {
    byte[] rewritten = CurrentClassFiles.rewritten(classOfJava5(), Map.of());

    assertEquals(52, rewritten[7]);
    Class<?> sum =
        new ClassLoader() {
          Class<?> define() {
            return defineClass("Sum", rewritten, 0, rewritten.length);
          }
        }.define();
    assertEquals(10, sum.getMethod("to", int.class).invoke(null, 4));
  }
}
