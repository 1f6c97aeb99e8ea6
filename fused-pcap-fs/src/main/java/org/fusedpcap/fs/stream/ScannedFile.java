package org.fusedpcap.fs.stream;

/**
 * How far the records of a file are whole, found by a scan to its end and remembered while it stays
 * unchanged.
 *
 * @param headerLength length of the file header, in bytes
 * @param wholeEnd file offset behind the last whole record
 * @param senseless whether the records stop making sense there
 */
record ScannedFile(int headerLength, long wholeEnd, boolean senseless) {}
