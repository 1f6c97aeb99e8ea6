package org.fusedpcap.testkit.writer;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How a capture is written. Immutable.
 *
 * @param program whose names and habits
 * @param prefix what file names begin with, or the whole pattern for {@link
 *     CaptureProgram#TCPDUMP_G}
 * @param format the form of the files
 * @param rollOver when a file is full
 * @param flush in which pieces bytes reach the file
 * @param ring number of files that are kept; the oldest are deleted, or used again by {@link
 *     CaptureProgram#TCPDUMP_CW}; 0 keeps all
 * @param clashing whether a second file within one second overwrites the first, where names have
 *     seconds in them, as it does with the real programs; otherwise its name is one second ahead
 * @param gzip whether each finished file is replaced by a compressed one, as {@code -z gzip} does
 * @param zone where local time is
 */
public record WriterSpec(
        CaptureProgram program,
        String prefix,
        CaptureFormat format,
        RollOver rollOver,
        FlushPolicy flush,
        int ring,
        boolean clashing,
        boolean gzip,
        ZoneId zone) {

    /** Checks the ranges. */
    public WriterSpec {
        if (ring < 0) {
            throw new IllegalArgumentException("a ring has 0 or more files, not " + ring);
        }
        if (ring == 0 && program == CaptureProgram.TCPDUMP_CW) {
            throw new IllegalArgumentException(program.title() + " needs the size of its ring");
        }
    }

    /** The habits of a program, files that never roll over, UTC. */
    public static WriterSpec of(CaptureProgram program) {
        return new WriterSpec(
                program,
                program.prefix(),
                program.format(),
                RollOver.NEVER,
                program.flush(),
                program.reusesNames() ? 10 : 0,
                false,
                false,
                ZoneOffset.UTC);
    }

    /** The same with other file names. */
    public WriterSpec withPrefix(String other) {
        return new WriterSpec(program, other, format, rollOver, flush, ring, clashing, gzip, zone);
    }

    /** The same in another form. */
    public WriterSpec with(CaptureFormat other) {
        return new WriterSpec(program, prefix, other, rollOver, flush, ring, clashing, gzip, zone);
    }

    /** The same with another roll-over. */
    public WriterSpec with(RollOver other) {
        return new WriterSpec(program, prefix, format, other, flush, ring, clashing, gzip, zone);
    }

    /** The same with other flushes. */
    public WriterSpec with(FlushPolicy other) {
        return new WriterSpec(program, prefix, format, rollOver, other, ring, clashing, gzip, zone);
    }

    /** The same with so many files kept. */
    public WriterSpec withRing(int files) {
        return new WriterSpec(
                program, prefix, format, rollOver, flush, files, clashing, gzip, zone);
    }

    /** The same, with names that clash or do not. */
    public WriterSpec withClashing(boolean wanted) {
        return new WriterSpec(program, prefix, format, rollOver, flush, ring, wanted, gzip, zone);
    }

    /** The same with finished files compressed, or not. */
    public WriterSpec withGzip(boolean wanted) {
        return new WriterSpec(
                program, prefix, format, rollOver, flush, ring, clashing, wanted, zone);
    }

    /** The same in another time zone. */
    public WriterSpec with(ZoneId other) {
        return new WriterSpec(
                program, prefix, format, rollOver, flush, ring, clashing, gzip, other);
    }
}
