package org.fusedpcap.fs.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints; the number comes from the jar's manifest. */
final class Version implements IVersionProvider {

    /** Made by picocli. */
    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }

    static String line() {
        String number = Version.class.getPackage().getImplementationVersion();
        return FusedPcap.NAME
                + (number == null ? "" : " " + number)
                + " (Java "
                + System.getProperty("java.version")
                + ")";
    }
}
