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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void shouldHaveTheWrapperDownloadMavenByWhateverThereIs(String downloader) throws Exception {
        assertThat(chooseMaven("readlink", "sed", downloader))
                .isEqualTo(new Result(ExitCode.OK, List.of(home + "/mvnw"), List.of()));
    }

    @Test
    void shouldSayWhatToInstallWhereMavenCannotBeDownloaded() throws Exception {
        Result result = chooseMaven("readlink", "sed");
        assertThat(result.exitCode()).isEqualTo(ExitCode.SYSTEM);
        assertThat(result.err()).singleElement().asString().contains("apt-get install maven");
    }

    /** On a machine that has these programs and no other. */
    private Result chooseMaven(String... programs) throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String program : programs) {
            // Neither downloader is run here; all that counts is that it is there.
            Path real = Path.of("/usr/bin").resolve(program);
            Files.createSymbolicLink(
                    bin.resolve(program), Files.exists(real) ? real : Path.of("/usr/bin/true"));
        }
        return run("PATH='" + bin + "'; choose_maven; echo \"$maven\"");
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
