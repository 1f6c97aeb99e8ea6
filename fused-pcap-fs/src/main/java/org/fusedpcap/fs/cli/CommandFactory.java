package org.fusedpcap.fs.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands and gives those that need it the file systems. */
final class CommandFactory implements IFactory {

    private final IFactory others = CommandLine.defaultFactory();
    private final FileSystems fileSystems;

    CommandFactory(FileSystems fileSystems) {
        this.fileSystems = fileSystems;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == MountCommand.class) {
            return type.cast(new MountCommand(fileSystems));
        }
        return others.create(type);
    }
}
