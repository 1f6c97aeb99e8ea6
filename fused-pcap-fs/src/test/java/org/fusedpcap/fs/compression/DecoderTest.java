package org.fusedpcap.fs.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecoderTest {

    private static final int LENGTH = 150_000;
    private static final int DAMAGES = 30;

    /** Bytes that shrink when packed, with repeats over long distances. */
    private static byte[] content(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[LENGTH];
        byte[] words = new byte[20_000];
        random.nextBytes(words);
        int at = 0;
        while (at < LENGTH) {
            int count = Math.min(1 + random.nextInt(200), LENGTH - at);
            System.arraycopy(words, random.nextInt(words.length - count), bytes, at, count);
            at += count;
        }
        return bytes;
    }

    /** What can be unpacked, and whether it ended well. */
    private record Unpacked(byte[] bytes, boolean whole) {}

    /**
     * @param most bytes that the source gives at a time
     */
    private static Unpacked unpack(byte[] packed, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        PackedFormat format = PackedFormat.of(bytes).orElseThrow();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer room = ByteBuffer.allocateDirect(100_000);
        try (Decoder decoder = format.decode(new PackedInput(dst -> read(bytes, dst, most)))) {
            while (decoder.read(room.clear()) != Decoder.END) {
                byte[] got = new byte[room.flip().remaining()];
                room.get(got);
                all.writeBytes(got);
            }
            return new Unpacked(all.toByteArray(), decoder.isBetweenFrames());
        } catch (PackedDataException e) {
            return new Unpacked(all.toByteArray(), false);
        }
    }

    private static int read(ByteBuffer bytes, ByteBuffer dst, int most) {
        int count = Math.min(Math.min(most, dst.remaining()), bytes.remaining());
        if (count == 0) {
            return PackedSource.END;
        }
        dst.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        return count;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveBackWhatWasPacked(Packing packing) throws IOException {
        byte[] content = content(1);

        Unpacked unpacked = unpack(packing.pack(content), Integer.MAX_VALUE);

        assertThat(unpacked.bytes()).isEqualTo(content);
        assertThat(unpacked.whole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotMindInHowManyPiecesTheFileIsRead(Packing packing) throws IOException {
        byte[] content = content(2);

        assertThat(unpack(packing.pack(content), 1).bytes()).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource
    void shouldUnpackSeveralFramesInARow(Packing packing) throws IOException {
        byte[] file =
                join(packing.pack(content(1)), packing.pack(new byte[0]), packing.pack(content(2)));

        Unpacked unpacked = unpack(file, 1000);

        assertThat(unpacked.bytes()).isEqualTo(join(content(1), content(2)));
        assertThat(unpacked.whole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveWhatIsThereOfAFileThatIsCut(Packing packing) throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] content = content(seed);
        byte[] packed = packing.pack(content);
        for (int i = 0; i < DAMAGES; i++) {
            int length = PackedFormat.MAGIC_LENGTH + random.nextInt(packed.length - 6);

            Unpacked unpacked = unpack(Arrays.copyOf(packed, length), Integer.MAX_VALUE);

            assertThat(unpacked.whole()).isFalse();
            assertThat(unpacked.bytes()).isEqualTo(Arrays.copyOf(content, unpacked.bytes().length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayThatSomethingElseFollows(Packing packing) throws IOException {
        byte[] file = join(packing.pack(content(1)), "and now for something".getBytes());

        Unpacked unpacked = unpack(file, Integer.MAX_VALUE);

        assertThat(unpacked.bytes()).isEqualTo(content(1));
        assertThat(unpacked.whole()).isFalse();
    }

    /** Whatever is wrong, nothing but the one exception leaves a decoder, and it ends. */
    @ParameterizedTest
    @EnumSource
    void shouldNeverTakeDamagedDataForWhole(Packing packing) throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] content = content(seed);
        byte[] packed = packing.pack(content);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = packed.clone();
            // Behind the header, of which some bits (a time, a name) mean nothing.
            int at = 16 + random.nextInt(packed.length - 16);
            damaged[at] ^= (byte) (1 << random.nextInt(8));

            Unpacked unpacked = unpack(damaged, Integer.MAX_VALUE);

            assertThat(unpacked.whole() && !Arrays.equals(unpacked.bytes(), content)).isFalse();
        }
    }

    @Test
    void shouldRefuseAnXzDictionaryThatTheHeapHasNoRoomFor() throws IOException {
        byte[] packed = Packing.packXz(content(1), 26);

        assertThatThrownBy(() -> unpackAll(packed))
                .isInstanceOf(PackedDataException.class)
                .hasMessageContaining("64 MiB");
    }

    private static void unpackAll(byte[] packed) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        ByteBuffer room = ByteBuffer.allocateDirect(1000);
        try (Decoder decoder =
                PackedFormat.XZ.decode(new PackedInput(dst -> read(bytes, dst, 1000)))) {
            decoder.read(room);
        }
    }
}
