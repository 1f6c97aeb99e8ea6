/** Segments to bytes: ranges, following, ending. */
package org.fusedpcap.fs.stream;
