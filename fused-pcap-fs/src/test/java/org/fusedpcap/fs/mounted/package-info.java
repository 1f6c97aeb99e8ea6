/**
 * The built program, mounted for real, read by other processes. Nothing here looks into the program
 * but what /proc tells of it.
 */
package org.fusedpcap.fs.mounted;
