/**
 * Makes captures, plays a capture program, and judges what a reader got.
 *
 * <p>{@link org.fusedpcap.testkit.Captures} writes small captures for tests, {@link
 * org.fusedpcap.testkit.LiveWriter} and {@link org.fusedpcap.testkit.LiveProcess} write growing
 * ones, and {@link org.fusedpcap.testkit.oracle.Oracle} judges:
 *
 * <pre>{@code
 * Captures captures = Captures.in(source).segment("eth0.pcap.1", 100).torn("eth0.pcap.2", 50, 7);
 * Oracle oracle = Oracle.ofReader(captures.expectation());
 * try (InputStream in = Files.newInputStream(mount.resolve("eth0.pcap.1..eth0.pcap.2"))) {
 *     oracle.read(0, in);
 * }
 * assertThat(oracle.verdict().toString()).startsWith("ok");
 * }</pre>
 */
package org.fusedpcap.testkit;
