package org.fusedpcap.fs.cli;

import org.fusedpcap.fs.status.Program;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    /** Made by picocli. */
    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }

    static String line() {
        return Program.version();
    }
}
