/**
 * Traffic from a seed: conversations, and the frames they send, each with a marker in its payload.
 */
package org.fusedpcap.testkit.traffic;
