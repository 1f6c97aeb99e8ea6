/** Makes captures, plays a capture program, and judges what a reader got. */
package org.fusedpcap.testkit;
