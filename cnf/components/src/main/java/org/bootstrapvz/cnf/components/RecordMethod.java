/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The code of a method that javac gives to a record: {@code hashCode} or {@code equals}. javac
 * leaves it to {@code ObjectMethods.bootstrap}, which composes about a dozen method handles for
 * each record, and each of them has a class of its own that no archive holds. The results are the
 * same.
 *
 * @param hash whether it is {@code hashCode}
 * @param type internal name of the record
 * @param components the fields
 */
record RecordMethod(boolean hash, String type, List<Handle> components) {
  /** A long and another one, or a sum and a component. */
  static final int STACK = 4;

  private static final int FACTOR = 31;

  static boolean isOne(String method, Handle bootstrap) {
    return bootstrap.getOwner().equals("java/lang/runtime/ObjectMethods")
        && (method.equals("hashCode") || method.equals("equals"));
  }

  /**
   * @param arguments of the bootstrap method: the class, the names and then the fields
   */
  static RecordMethod of(String method, Object... arguments) {
    List<Handle> components =
        Arrays.stream(arguments).skip(2).map(argument -> (Handle) argument).toList();
    return new RecordMethod(
        method.equals("hashCode"), ((Type) arguments[0]).getInternalName(), components);
  }

  /** Writes the code that follows the loading of the arguments, and leaves the result. */
  void write(MethodVisitor code) {
    if (hash) {
      code.visitInsn(Opcodes.POP);
      writeHash(code);
    } else {
      code.visitInsn(Opcodes.POP2);
      writeEquals(code);
    }
  }

  private void load(MethodVisitor code, int local, Handle component) {
    code.visitVarInsn(Opcodes.ALOAD, local);
    if (local == 1) {
      code.visitTypeInsn(Opcodes.CHECKCAST, type);
    }
    code.visitFieldInsn(
        Opcodes.GETFIELD, component.getOwner(), component.getName(), component.getDesc());
  }

  private void writeHash(MethodVisitor code) {
    code.visitInsn(Opcodes.ICONST_0);
    for (Handle component : components) {
      code.visitIntInsn(Opcodes.BIPUSH, FACTOR);
      code.visitInsn(Opcodes.IMUL);
      load(code, 0, component);
      Type box = Boxes.box(Type.getType(component.getDesc()));
      String owner = box == null ? "java/util/Objects" : box.getInternalName();
      String parameter = box == null ? "Ljava/lang/Object;" : component.getDesc();
      code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, "hashCode", "(" + parameter + ")I", false);
      code.visitInsn(Opcodes.IADD);
    }
  }

  private void writeEquals(MethodVisitor code) {
    Label different = new Label();
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitTypeInsn(Opcodes.INSTANCEOF, type);
    code.visitJumpInsn(Opcodes.IFEQ, different);
    for (Handle component : components) {
      load(code, 0, component);
      load(code, 1, component);
      compare(code, Type.getType(component.getDesc()), different);
    }
    code.visitInsn(Opcodes.ICONST_1);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(different);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    code.visitInsn(Opcodes.ICONST_0);
  }

  private static void compare(MethodVisitor code, Type type, Label different) {
    switch (type.getSort()) {
      case Type.ARRAY, Type.OBJECT -> {
        String parameters = "(Ljava/lang/Object;Ljava/lang/Object;)Z";
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/util/Objects", "equals", parameters, false);
        code.visitJumpInsn(Opcodes.IFEQ, different);
      }
      case Type.LONG -> {
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFNE, different);
      }
      case Type.FLOAT, Type.DOUBLE -> {
        // NaN equals NaN, and 0.0 does not equal -0.0, as in compare of the box.
        String parameters = "(" + type.getDescriptor() + type.getDescriptor() + ")I";
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, Boxes.box(type).getInternalName(), "compare", parameters, false);
        code.visitJumpInsn(Opcodes.IFNE, different);
      }
      default -> code.visitJumpInsn(Opcodes.IF_ICMPNE, different);
    }
  }
}
