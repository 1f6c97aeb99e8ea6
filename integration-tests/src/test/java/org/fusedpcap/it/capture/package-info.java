/** What there is to read, what should come of it, and faults that are planted into it. */
package org.fusedpcap.it.capture;
