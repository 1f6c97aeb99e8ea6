package org.fusedpcap.fs.linux;

/**
 * Who may do what with a file, as far as its mode tells.
 *
 * @param mode permission bits
 * @param uid owner
 * @param gid group
 */
public record Permissions(int mode, int uid, int gid) {

    private static final int OWNER_READS = 0400;
    private static final int GROUP_READS = 0040;
    private static final int OTHERS_READ = 0004;
    private static final int BITS = 07777;

    /** The files of a directory have the same ones, as a rule: then they share one object. */
    private static volatile Permissions last = new Permissions(0, 0, 0);

    /**
     * Those of a file.
     *
     * @param mode of which the type of the file is left out
     */
    static Permissions of(int mode, int uid, int gid) {
        Permissions shared = last;
        int bits = mode & BITS;
        if (shared.mode != bits || shared.uid != uid || shared.gid != gid) {
            shared = new Permissions(bits, uid, gid);
            last = shared;
        }
        return shared;
    }

    /**
     * Whether a user may read the file, by the kernel's rule for modes: the owner's bits are for
     * the owner alone, those of the group for its members alone. Where it is not known whether
     * somebody is a member, what either of both is allowed is allowed only if both are.
     */
    public boolean letRead(User user) {
        if (user.isRoot()) {
            return true;
        }
        if (user.uid() == uid) {
            return has(OWNER_READS);
        }
        return switch (user.membership(gid)) {
            case YES -> has(GROUP_READS);
            case NO -> has(OTHERS_READ);
            case UNKNOWN -> has(GROUP_READS) && has(OTHERS_READ);
        };
    }

    private boolean has(int bit) {
        return (mode & bit) != 0;
    }
}
