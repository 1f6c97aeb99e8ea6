package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.fusedpcap.fs.cli.Script.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launchers do about a build, in a folder that is none of theirs. */
class BuildScriptTest {

    @TempDir private Path folder;
    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
    }

    @Test
    void shouldForgetTheJarsOfAnotherVersionAndNothingElse() throws Exception {
        Path target = Files.createDirectories(home.resolve("fused-pcap-fs/target"));
        Path jar = Files.createFile(target.resolve("fused-pcap-fs-0.9.0.jar"));
        Path needed = Files.createDirectory(target.resolve("lib")).resolve("x-1.0.jar");
        Files.createFile(needed);
        Path mark = Files.createFile(target.resolve("built"));
        Path archive = Files.createDirectory(target.resolve("cds")).resolve("java-17.jsa");
        Files.createFile(archive);

        assertThat(run("forget_jars").exitCode()).isEqualTo(ExitCode.OK);

        assertThat(jar).doesNotExist();
        assertThat(needed).doesNotExist();
        assertThat(mark).exists();
        assertThat(archive).exists();
    }

    private Result run(String line) throws IOException, InterruptedException {
        Path script = folder.resolve("script");
        Path scripts = Path.of(System.getProperty("basedir", "")).resolveSibling("scripts");
        Files.write(
                script,
                List.of(
                        "#!/bin/bash",
                        "set -euo pipefail",
                        "program=script home='" + home + "'",
                        "for file in common java build; do",
                        "  . '" + scripts + "'/$file.sh",
                        "done",
                        line));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Script.installed(folder, folder).run("script");
    }
}
