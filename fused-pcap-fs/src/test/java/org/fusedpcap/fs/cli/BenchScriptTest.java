package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.fs.cli.Script.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What measures leaves nothing behind when it fails. */
class BenchScriptTest {

    @TempDir private Path folder;

    @Test
    void shouldLeaveNoCapturesBehindWhenTheyCannotBeMade() throws Exception {
        Path captures = Files.createDirectory(folder.resolve("captures"));
        Result result =
                new Script(folder)
                        .run("bench/run", "--file-size", "odd", "--dir", captures.toString());
        assertThat(result.exitCode()).isNotEqualTo(ExitCode.OK);
        assertThat(result.err()).anySatisfy(line -> assertThat(line).contains("odd"));
        assertThat(captures).isEmptyDirectory();
    }
}
