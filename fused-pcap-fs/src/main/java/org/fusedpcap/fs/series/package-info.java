/** Which files of a directory belong together, and in which order. */
package org.fusedpcap.fs.series;
