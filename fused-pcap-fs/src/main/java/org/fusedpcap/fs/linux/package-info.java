/** What the JDK does not offer of Linux: descriptors, inotify, leases. */
package org.fusedpcap.fs.linux;
