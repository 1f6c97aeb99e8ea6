/** What the JDK does not offer of Linux: file descriptors, inotify, leases, file system types. */
package org.fusedpcap.fs.linux;
