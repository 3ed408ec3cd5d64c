/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class of a lambda expression or method reference, as {@code LambdaMetafactory.metafactory}
 * describes it. An instance holds the captured variables; its one method converts the arguments,
 * calls the implementation and converts the result.
 *
 * @param name internal name of the class
 * @param method name of the method of the functional interface
 * @param functional the functional interface
 * @param captured types of the captured variables
 * @param erased descriptor of the method of the interface
 * @param body the implementation
 * @param specialized descriptor with the type arguments of the interface in place
 */
record LambdaClass(
    String name,
    String method,
    Type functional,
    List<Type> captured,
    Type erased,
    Handle body,
    Type specialized) {
  /** Name of the static method that makes an instance. */
  static final String FACTORY = "of";

  private static final String INSTANCE = "INSTANCE";
  private static final String CONSTRUCTOR = "<init>";
  private static final String OBJECT = "java/lang/Object";

  byte[] classFile(int version, String nestHost, String source) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    int access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
    String[] interfaces = {functional.getInternalName()};
    writer.visit(version, access, name, null, OBJECT, interfaces);
    writer.visitSource(source, null);
    writer.visitNestHost(nestHost);
    for (int i = 0; i < captured.size(); i++) {
      int field = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
      writer.visitField(field, field(i), captured.get(i).getDescriptor(), null, null);
    }
    constructor(writer);
    if (captured.isEmpty()) {
      singleton(writer);
    }
    factory(writer);
    call(writer);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static String field(int index) {
    return "captured" + index;
  }

  private String constructorDescriptor() {
    return Type.getMethodDescriptor(Type.VOID_TYPE, captured.toArray(Type[]::new));
  }

  private void constructor(ClassWriter writer) {
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PRIVATE, CONSTRUCTOR, constructorDescriptor(), null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, CONSTRUCTOR, "()V", false);
    int local = 1;
    for (int i = 0; i < captured.size(); i++) {
      Type type = captured.get(i);
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
      code.visitFieldInsn(Opcodes.PUTFIELD, name, field(i), type.getDescriptor());
      local += type.getSize();
    }
    end(code, Type.VOID_TYPE);
  }

  /** What captures nothing has one instance, as with the JVM's own classes. */
  private void singleton(ClassWriter writer) {
    int field = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    writer.visitField(field, INSTANCE, functional.getDescriptor(), null, null);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    code.visitCode();
    code.visitTypeInsn(Opcodes.NEW, name);
    code.visitInsn(Opcodes.DUP);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, CONSTRUCTOR, "()V", false);
    code.visitFieldInsn(Opcodes.PUTSTATIC, name, INSTANCE, functional.getDescriptor());
    end(code, Type.VOID_TYPE);
  }

  private void factory(ClassWriter writer) {
    String descriptor = Type.getMethodDescriptor(functional, captured.toArray(Type[]::new));
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, FACTORY, descriptor, null, null);
    code.visitCode();
    if (captured.isEmpty()) {
      code.visitFieldInsn(Opcodes.GETSTATIC, name, INSTANCE, functional.getDescriptor());
    } else {
      code.visitTypeInsn(Opcodes.NEW, name);
      code.visitInsn(Opcodes.DUP);
      int local = 0;
      for (Type type : captured) {
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
        local += type.getSize();
      }
      code.visitMethodInsn(
          Opcodes.INVOKESPECIAL, name, CONSTRUCTOR, constructorDescriptor(), false);
    }
    end(code, functional);
  }

  /** The method of the interface. */
  private void call(ClassWriter writer) {
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PUBLIC, method, erased.getDescriptor(), null, null);
    code.visitCode();
    Type[] parameters = bodyParameters();
    boolean constructor = body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    if (constructor) {
      code.visitTypeInsn(Opcodes.NEW, body.getOwner());
      code.visitInsn(Opcodes.DUP);
    }
    int argument = 0;
    for (Type type : captured) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitFieldInsn(Opcodes.GETFIELD, name, field(argument), type.getDescriptor());
      convert(code, type, type, parameters[argument]);
      argument++;
    }
    int local = 1;
    Type[] given = erased.getArgumentTypes();
    for (int i = 0; i < given.length; i++) {
      code.visitVarInsn(given[i].getOpcode(Opcodes.ILOAD), local);
      convert(code, given[i], specialized.getArgumentTypes()[i], parameters[argument]);
      local += given[i].getSize();
      argument++;
    }
    code.visitMethodInsn(
        opcode(), body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
    Type result = constructor ? Type.getObjectType(body.getOwner()) : bodyResult();
    convertResult(code, result);
    end(code, erased.getReturnType());
  }

  /** With the object on which the method is called as the first. */
  private Type[] bodyParameters() {
    Type[] declared = Type.getArgumentTypes(body.getDesc());
    if (body.getTag() == Opcodes.H_INVOKESTATIC || body.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
      return declared;
    }
    Type[] all = new Type[declared.length + 1];
    all[0] = Type.getObjectType(body.getOwner());
    System.arraycopy(declared, 0, all, 1, declared.length);
    return all;
  }

  private Type bodyResult() {
    return Type.getReturnType(body.getDesc());
  }

  private int opcode() {
    return switch (body.getTag()) {
      case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
      case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
      case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
      // A private method of a nest mate is called as any other.
      case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKESPECIAL ->
          body.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
      default -> throw new IllegalStateException("No method: " + body);
    };
  }

  /**
   * Converts the value on the stack.
   *
   * @param type its type
   * @param known the type it has according to the type arguments
   */
  private static void convert(MethodVisitor code, Type type, Type known, Type target) {
    if (isPrimitive(target)) {
      if (isPrimitive(type)) {
        widen(code, type, target);
      } else {
        Type boxed = Boxes.isBox(known) ? known : Boxes.box(target);
        cast(code, type, boxed);
        Boxes.unbox(code, boxed);
        widen(code, Boxes.primitive(boxed), target);
      }
    } else if (isPrimitive(type)) {
      Boxes.box(code, type);
    } else {
      cast(code, type, target);
    }
  }

  private void convertResult(MethodVisitor code, Type result) {
    Type wanted = erased.getReturnType();
    if (wanted.getSort() == Type.VOID) {
      if (result.getSize() > 0) {
        code.visitInsn(result.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
      }
    } else {
      convert(code, result, result, wanted);
    }
  }

  private static boolean isPrimitive(Type type) {
    return type.getSort() < Type.ARRAY;
  }

  private static void cast(MethodVisitor code, Type type, Type target) {
    if (!target.equals(type) && !target.getInternalName().equals(OBJECT)) {
      code.visitTypeInsn(Opcodes.CHECKCAST, target.getInternalName());
    }
  }

  private static void widen(MethodVisitor code, Type type, Type target) {
    boolean fromInt = type.getSort() <= Type.INT;
    switch (target.getSort()) {
      case Type.LONG -> {
        if (fromInt) {
          code.visitInsn(Opcodes.I2L);
        }
      }
      case Type.FLOAT -> {
        if (fromInt) {
          code.visitInsn(Opcodes.I2F);
        } else if (type.getSort() == Type.LONG) {
          code.visitInsn(Opcodes.L2F);
        }
      }
      case Type.DOUBLE -> {
        if (fromInt) {
          code.visitInsn(Opcodes.I2D);
        } else if (type.getSort() == Type.LONG) {
          code.visitInsn(Opcodes.L2D);
        } else if (type.getSort() == Type.FLOAT) {
          code.visitInsn(Opcodes.F2D);
        }
      }
      default -> {
        // The same on the stack.
      }
    }
  }

  private static void end(MethodVisitor code, Type result) {
    code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
