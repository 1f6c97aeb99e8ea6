/** Hours of use of one mount in minutes: everything at random, and everything judged. */
package org.fusedpcap.testkit.soak;
