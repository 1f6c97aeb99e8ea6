/** The commands. */
package org.fusedpcap.fs.cli;
