package org.fusedpcap.cluster.distribute;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A cluster on a source in memory, with its members and what its listener heard. */
final class TestCluster implements ClusterListener {

    /** What a listener was told of an abnormal end. */
    record Abend(List<Integer> pids, String last, String next) {}

    static final int FIRST_PID = 1000;

    final SlabPool pool;
    final ClusterTable<String> table = new ClusterTable<>();
    final List<Member> members = new ArrayList<>();
    final List<Abend> abends = new ArrayList<>();
    int ended;
    int timesFilled;

    TestCluster() {
        this(new SlabPool(64 * SlabPool.SLAB_LENGTH));
    }

    private TestCluster(SlabPool pool) {
        this.pool = pool;
    }

    /** A filled cluster whose packets go by their serial numbers. */
    static TestCluster filled(ClusterSettings settings, RecordSource source) throws IOException {
        return filled(settings, source, TestRecords.chooser(settings.members()));
    }

    /** A filled cluster. */
    static TestCluster filled(ClusterSettings settings, RecordSource source, MemberChooser chooser)
            throws IOException {
        return new TestCluster().fill(settings, source, chooser);
    }

    /** A filled cluster that shares its memory with others. */
    static TestCluster filled(
            ClusterSettings settings, RecordSource source, MemberChooser chooser, SlabPool pool)
            throws IOException {
        return new TestCluster(pool).fill(settings, source, chooser);
    }

    private TestCluster fill(ClusterSettings settings, RecordSource source, MemberChooser chooser)
            throws IOException {
        for (int i = 0; i < settings.members(); i++) {
            members.add(table.open("key", FIRST_PID + i, () -> create(settings, source, chooser)));
        }
        for (int i = 0; i < settings.members() - 1; i++) {
            members.get(i).read(0, ByteBuffer.allocate(1));
        }
        Member last = members.get(settings.members() - 1);
        // One byte of the header; it can be read again.
        last.read(0, ByteBuffer.allocate(1));
        return this;
    }

    Cluster create(ClusterSettings settings, RecordSource source, MemberChooser chooser) {
        return new Cluster(new ClusterParts(settings, source, chooser, this, pool));
    }

    Cluster cluster() {
        return members.get(0).cluster().orElseThrow();
    }

    Member member(int number) {
        return members.get(number);
    }

    /** Reads from an offset until nothing is there, or the stream ends. */
    byte[] drain(int number, long offset, int atMost) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(atMost);
        int result;
        while ((result = member(number).read(offset + all.size(), buffer.clear())) > 0) {
            all.write(buffer.array(), 0, result);
        }
        return all.toByteArray();
    }

    /** One read, for its result alone. */
    int read(int number, long offset, int atMost) {
        return member(number).read(offset, ByteBuffer.allocate(atMost));
    }

    void closeAll() {
        members.forEach(Member::close);
    }

    @Override
    public void filled() {
        timesFilled++;
    }

    @Override
    public void abnormalEnd(List<Integer> pids, String last, String next) {
        abends.add(new Abend(pids, last, next));
    }

    @Override
    public void ended() {
        ended++;
    }
}
