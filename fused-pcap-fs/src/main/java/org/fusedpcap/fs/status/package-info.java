/** What a mount says of itself: as values, as text for people, and as metrics for Prometheus. */
package org.fusedpcap.fs.status;
