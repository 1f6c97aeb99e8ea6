/** Judges what readers got: its own reader of captures, what was to be expected, the verdict. */
package org.fusedpcap.testkit.oracle;
