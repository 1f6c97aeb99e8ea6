/** The dot files through which users tell and are told. */
package org.fusedpcap.fs.control;
