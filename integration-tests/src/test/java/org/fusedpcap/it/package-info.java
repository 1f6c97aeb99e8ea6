/** The built product in containers, with the tools that its users have. */
package org.fusedpcap.it;
