/** The file system as the kernel sees it: operations, handles, the session loop. */
package org.fusedpcap.fs.fuse;
