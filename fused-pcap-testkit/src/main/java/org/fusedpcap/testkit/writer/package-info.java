/** Plays capture programs: file names, roll-over, flushes, rings, torn ends. */
package org.fusedpcap.testkit.writer;
