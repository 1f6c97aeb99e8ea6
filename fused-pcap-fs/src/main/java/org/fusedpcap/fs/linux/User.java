package org.fusedpcap.fs.linux;

import java.util.Set;

/**
 * With whose rights something is read.
 *
 * @param uid user
 * @param gid group
 * @param groups the others that he is a member of
 * @param knowsGroups whether those are all
 */
public record User(int uid, int gid, Set<Integer> groups, boolean knowsGroups) {

    private static final int ROOT_ID = 0;

    /** Who may read everything. */
    public static final User ROOT = new User(ROOT_ID, ROOT_ID, Set.of(), true);

    /** Whether somebody is a member of a group. */
    enum Membership {
        YES,
        NO,
        UNKNOWN
    }

    public User {
        groups = Set.copyOf(groups);
    }

    /** Somebody of whom it is not known what other groups he is a member of. */
    public static User ofUnknownGroups(int uid, int gid) {
        return new User(uid, gid, Set.of(), false);
    }

    boolean isRoot() {
        return uid == ROOT_ID;
    }

    Membership membership(int group) {
        if (group == gid || groups.contains(group)) {
            return Membership.YES;
        }
        return knowsGroups ? Membership.NO : Membership.UNKNOWN;
    }

    /** As people name him: by his number. */
    @Override
    public String toString() {
        return "user " + Integer.toUnsignedString(uid);
    }
}
