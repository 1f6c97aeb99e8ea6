package org.fusedpcap.testkit.traffic;

import java.util.List;

/**
 * A fragmented datagram on its way: its fragments have their numbers in the stream from the
 * beginning, since the checksum in the first one is over all their markers.
 *
 * @param fragments the fragments, in order
 * @param markers their markers
 * @param identification number of the datagram, 16 bits
 */
record Datagram(List<Fragment> fragments, List<Marker> markers, int identification) {

    int write(int index, byte[] out, int offset) {
        return fragments.get(index).write(out, offset, markers.get(index), identification, sum());
    }

    private long sum() {
        byte[] scratch = new byte[Marker.LENGTH];
        long sum = 0;
        for (Marker marker : markers) {
            sum += marker.write(scratch, 0);
        }
        return sum;
    }
}
