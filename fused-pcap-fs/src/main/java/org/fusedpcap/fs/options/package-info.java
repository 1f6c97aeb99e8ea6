/** What users may set, at mount time and as path levels. */
package org.fusedpcap.fs.options;
