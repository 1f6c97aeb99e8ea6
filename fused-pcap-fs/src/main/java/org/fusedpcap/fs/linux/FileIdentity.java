package org.fusedpcap.fs.linux;

/**
 * What tells that a file is still the same and unchanged.
 *
 * @param device the number of the file system
 * @param inode the number of the file in it
 * @param size length, in bytes
 * @param modifiedNs time of the last change of its content, in nanoseconds since 1970
 */
public record FileIdentity(long device, long inode, long size, long modifiedNs) {

    /** Whether both are the same file, changed or not. */
    public boolean isSameFile(FileIdentity other) {
        return device == other.device && inode == other.inode;
    }
}
