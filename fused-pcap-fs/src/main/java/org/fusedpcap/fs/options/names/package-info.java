/** The names under the mount point, and what each of them stands for. */
package org.fusedpcap.fs.options.names;
