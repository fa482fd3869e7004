package dev.daveloper.bootstrap.release;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Locale;

/**
 * What authors of agents and document services rely on. Every field, value and method stays as it is, with its number:
 * what is sent by one version is read by another.
 */
final class ProtoSurface {
    private final Surface surface = new Surface();

    private ProtoSurface() {}

    static Surface of(FileDescriptor... files) {
        ProtoSurface reading = new ProtoSurface();
        for (FileDescriptor file : files) {
            file.getServices().forEach(reading::read);
            file.getMessageTypes().forEach(reading::read);
            file.getEnumTypes().forEach(reading::read);
        }
        return reading.surface;
    }

    private void read(ServiceDescriptor service) {
        for (MethodDescriptor method : service.getMethods()) {
            surface.give(
                    service.getFullName(),
                    method.getName() + "(" + streamed(method.isClientStreaming(), method.getInputType()) + ") returns "
                            + streamed(method.isServerStreaming(), method.getOutputType()));
        }
    }

    private static String streamed(boolean isStream, Descriptor type) {
        return (isStream ? "stream " : "") + type.getFullName();
    }

    private void read(Descriptor message) {
        surface.give(message.getFullName(), "is a message");
        message.getFields().forEach(field -> surface.give(message.getFullName(), factOf(field)));
        message.getNestedTypes().forEach(this::read);
        message.getEnumTypes().forEach(this::read);
    }

    private static String factOf(FieldDescriptor field) {
        OneofDescriptor choice = field.getRealContainingOneof();
        boolean tellsAbsence = field.hasPresence() && choice == null && field.getJavaType() != JavaType.MESSAGE;
        String label = field.isRepeated() ? "repeated " : tellsAbsence ? "optional " : "";
        String within = choice == null ? "" : " in " + choice.getName();
        return label + typeOf(field) + " " + field.getName() + " = " + field.getNumber() + within;
    }

    private static String typeOf(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private void read(EnumDescriptor type) {
        for (EnumValueDescriptor value : type.getValues()) {
            surface.give(type.getFullName(), value.getName() + " = " + value.getNumber());
        }
    }
}
