/** Compressed files: what kind they are of, and how they are unpacked as they grow. */
package org.fusedpcap.fs.compression;
