package org.fusedpcap.testkit.writer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes numbers in a byte order. Immutable. */
final class Numbers {

    private final VarHandle ints;
    private final VarHandle shorts;

    Numbers(ByteOrder order) {
        ints = MethodHandles.byteArrayViewVarHandle(int[].class, order);
        shorts = MethodHandles.byteArrayViewVarHandle(short[].class, order);
    }

    void putInt(byte[] out, int offset, int value) {
        ints.set(out, offset, value);
    }

    void putShort(byte[] out, int offset, int value) {
        shorts.set(out, offset, (short) value);
    }
}
