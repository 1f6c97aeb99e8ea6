package org.fusedpcap.testkit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.oracle.Verdict;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code judge}: says what readers of generated captures got wrong. */
@Command(
        name = "judge",
        sortOptions = false,
        description = {
            "Compares what readers got with what they should have got.",
            "",
            "Each FILE is a capture that a reader of the stream wrote, or a copy of the bytes it"
                    + " read; - is standard input. One line says what is missing, doubled, out of"
                    + " order, altered, torn or split, and in which segment."
        },
        footer = {
            "",
            "Examples:",
            "  judge --source /data/eth0 out.pcap",
            "  judge --source /data/eth0 --members --mode 0 out0 out1 out2 out3",
            "  judge --seed 7 --packets 10000 out.pcap"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everybody got what they should",
            "1:somebody did not, or a file could not be read",
            "2:the command line makes no sense"
        })
public final class Judge implements Callable<Integer> {

    private static final String STDIN = "-";

    @Spec private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What a reader got.")
    private List<String> files;

    @Option(
            names = "--source",
            paramLabel = "PATH",
            description =
                    "A source file, or a directory of them; may be given several times. Their order"
                            + " is that of their packets' numbers.")
    private List<Path> sources = List.of();

    @Option(
            names = "--packets",
            paramLabel = "N",
            description = "Without sources: the first N packets of --seed and --profile.")
    private long packets;

    @Option(
            names = "--members",
            description = "The FILEs are the members of a cluster that share the stream.")
    private boolean members;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "0",
            description =
                    "clustermode of the members: 0 = vlan+ip+port, 1 = vlan, 2 = ip, 3 = vlan+ip,"
                            + " 4 = ip+port (${DEFAULT-VALUE}).")
    private int mode;

    @Option(names = "--inner", description = "The members were chosen with tunnel=inner.")
    private boolean inner;

    @Option(names = "--ignore-times", description = "Packets may have other times.")
    private boolean ignoreTimes;

    @Mixin private TrafficOptions traffic;

    /** Runs the command alone. */
    public static void main(String[] arguments) {
        Commands.main(new Judge(), arguments);
    }

    @Override
    public Integer call() {
        try {
            Expectation expectation = expectation();
            boolean ok = members ? judgeMembers(expectation) : judgeEach(expectation);
            return ok ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (FileSystemException e) {
            return fail(e.getFile() + ": " + Commands.reason(e));
        } catch (IOException e) {
            return fail(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private int fail(String text) {
        command.commandLine().getErr().println("judge: " + text);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private Expectation expectation() throws IOException {
        if (!sources.isEmpty()) {
            return Expectation.ofUnordered(sources, !ignoreTimes);
        }
        if (packets == 0) {
            throw new IllegalArgumentException("say what is right: --source, or --packets");
        }
        return Expectation.ofTraffic(traffic.spec(), packets);
    }

    private boolean judgeMembers(Expectation expectation) throws IOException {
        Oracle oracle = Oracle.ofMembers(expectation, files.size(), Grouping.ofMode(mode, inner));
        for (int member = 0; member < files.size(); member++) {
            read(oracle, member, files.get(member));
        }
        return tell(Optional.empty(), oracle.verdict());
    }

    private boolean judgeEach(Expectation expectation) throws IOException {
        boolean ok = true;
        for (String file : files) {
            Oracle oracle = Oracle.ofReader(expectation);
            read(oracle, 0, file);
            ok &= tell(files.size() > 1 ? Optional.of(file) : Optional.empty(), oracle.verdict());
        }
        return ok;
    }

    private static void read(Oracle oracle, int member, String file) throws IOException {
        if (file.equals(STDIN)) {
            oracle.read(member, System.in);
            return;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            oracle.read(member, in);
        }
    }

    private boolean tell(Optional<String> file, Verdict verdict) {
        PrintWriter out = command.commandLine().getOut();
        out.println(file.map(name -> name + ": ").orElse("") + verdict);
        out.flush();
        return verdict.isOk();
    }
}
