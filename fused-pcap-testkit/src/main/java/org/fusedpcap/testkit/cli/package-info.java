/** The commands: {@code generate} writes captures, {@code judge} judges what readers got. */
package org.fusedpcap.testkit.cli;
