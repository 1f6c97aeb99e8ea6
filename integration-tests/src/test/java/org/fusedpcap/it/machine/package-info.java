/** Containers that have the product, and what runs in them. */
package org.fusedpcap.it.machine;
