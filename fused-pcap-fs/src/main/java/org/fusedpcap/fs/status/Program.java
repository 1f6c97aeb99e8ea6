package org.fusedpcap.fs.status;

/** Which program this is; the number comes from the jar's manifest. */
public final class Program {

    private static final String NAME = "fused-pcap";

    private Program() {}

    /** Name, number and Java, in one line. */
    public static String version() {
        String number = Program.class.getPackage().getImplementationVersion();
        return NAME
                + (number == null ? "" : " " + number)
                + " (Java "
                + System.getProperty("java.version")
                + ")";
    }
}
