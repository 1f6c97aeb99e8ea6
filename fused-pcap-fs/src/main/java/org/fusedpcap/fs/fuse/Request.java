package org.fusedpcap.fs.fuse;

import jnr.ffi.Pointer;

/**
 * The header of a request as the kernel wrote it (struct fuse_in_header in linux/fuse.h).
 *
 * @param opcode what is asked for
 * @param unique the request's number, by which an interrupt names it
 * @param node the kernel's number of the file that it is about
 * @param uid user with whose rights the caller asks
 * @param gid his group
 * @param pid thread id of the caller in our pid namespace; 0 if it is not seen from there
 */
record Request(int opcode, long unique, long node, int uid, int gid, int pid) {

    static final Request NONE = new Request(0, 0, 0, 0, 0, 0);

    private static final int LOOKUP = 1;
    private static final int READ = 15;
    private static final int INIT = 26;
    private static final int INTERRUPT = 36;

    private static final int OPCODE = 4;
    private static final int UNIQUE = 8;
    private static final int NODE = 16;
    private static final int UID = 24;
    private static final int GID = 28;
    private static final int PID = 32;
    private static final int BODY = 40;

    // struct fuse_read_in
    private static final int READ_HANDLE = BODY;
    private static final int READ_OFFSET = BODY + 8;
    private static final int READ_LENGTH = BODY + 16;

    /** To copy more, in bytes, takes longer than to wake another thread. */
    static final int SHORT_READ = 64 * 1024;

    static Request read(Pointer memory) {
        return new Request(
                memory.getInt(OPCODE),
                memory.getLong(UNIQUE),
                memory.getLong(NODE),
                memory.getInt(UID),
                memory.getInt(GID),
                memory.getInt(PID));
    }

    /**
     * Whether the request in memory is a read that is likely to be answered in less time than it
     * takes to wake another thread for the next one.
     */
    static boolean isShortRead(Pointer memory) {
        return memory.getInt(OPCODE) == READ && memory.getInt(READ_LENGTH) <= SHORT_READ;
    }

    /** Whether the request in memory is a read. */
    static boolean isRead(Pointer memory) {
        return memory.getInt(OPCODE) == READ;
    }

    /** Number of the handle that a read is from. */
    static long handle(Pointer read) {
        return read.getLong(READ_HANDLE);
    }

    /** Where a read begins, in bytes. */
    static long readOffset(Pointer read) {
        return read.getLong(READ_OFFSET);
    }

    /** How many bytes a read asks for. */
    static int readLength(Pointer read) {
        return read.getInt(READ_LENGTH);
    }

    boolean isLookup() {
        return opcode == LOOKUP;
    }

    boolean isInit() {
        return opcode == INIT;
    }

    boolean isInterrupt() {
        return opcode == INTERRUPT;
    }

    /** The number of the request that an interrupt is for. */
    static long interrupted(Pointer memory) {
        return memory.getLong(BODY);
    }
}
