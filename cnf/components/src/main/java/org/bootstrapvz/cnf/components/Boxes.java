/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import java.util.Map;
import java.util.stream.Collectors;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The classes of the primitive types: {@code Integer} of {@code int}, and so on. */
final class Boxes {
  private static final Map<Type, Type> BOXES =
      Map.of(
          Type.BOOLEAN_TYPE, Type.getType(Boolean.class),
          Type.CHAR_TYPE, Type.getType(Character.class),
          Type.BYTE_TYPE, Type.getType(Byte.class),
          Type.SHORT_TYPE, Type.getType(Short.class),
          Type.INT_TYPE, Type.getType(Integer.class),
          Type.LONG_TYPE, Type.getType(Long.class),
          Type.FLOAT_TYPE, Type.getType(Float.class),
          Type.DOUBLE_TYPE, Type.getType(Double.class));

  private static final Map<Type, Type> PRIMITIVES =
      BOXES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private Boxes() {}

  static boolean isBox(Type type) {
    return PRIMITIVES.containsKey(type);
  }

  static Type box(Type primitive) {
    return BOXES.get(primitive);
  }

  static Type primitive(Type box) {
    return PRIMITIVES.get(box);
  }

  /** Replaces the primitive value on the stack by an object. */
  static void box(MethodVisitor code, Type primitive) {
    Type box = box(primitive);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        box.getInternalName(),
        "valueOf",
        Type.getMethodDescriptor(box, primitive),
        false);
  }

  /** Replaces the object on the stack by its primitive value. */
  static void unbox(MethodVisitor code, Type box) {
    Type primitive = primitive(box);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        box.getInternalName(),
        primitive.getClassName() + "Value",
        Type.getMethodDescriptor(primitive),
        false);
  }
}
