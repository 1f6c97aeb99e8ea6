package org.fusedpcap.fs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The rooms of this module, and which may know which: series → stream → fuse → cli, with control,
 * options and status beside them.
 */
@AnalyzeClasses(
        packages = "org.fusedpcap",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {

    private static final String FS = "org.fusedpcap.fs.";
    private static final String SERIES = FS + "series..";
    private static final String STREAM = FS + "stream..";
    private static final String FUSE = FS + "fuse..";
    private static final String CLI = FS + "cli..";
    private static final String CONTROL = FS + "control..";
    private static final String STATUS = FS + "status..";
    private static final String OPTIONS = FS + "options..";
    private static final String LINUX = FS + "linux..";
    private static final String COMPRESSION = FS + "compression..";
    private static final String CLUSTER = "org.fusedpcap.cluster..";

    @ArchTest
    static final ArchRule seriesKnowsNoStreams =
            noClasses()
                    .that()
                    .resideInAPackage(SERIES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(STREAM, STATUS, FUSE, CLI, CONTROL, LINUX);

    @ArchTest
    static final ArchRule linuxKnowsOnlyWhatSeriesAsksOfIt =
            noClasses()
                    .that()
                    .resideInAPackage(LINUX)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(STREAM, STATUS, FUSE, CLI, CONTROL, OPTIONS, CLUSTER);

    @ArchTest
    static final ArchRule streamsKnowNeitherUsersNorMounts =
            noClasses()
                    .that()
                    .resideInAPackage(STREAM)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(STATUS, FUSE, CLI, CONTROL, OPTIONS);

    @ArchTest
    static final ArchRule unpackingKnowsNoCaptures =
            noClasses()
                    .that()
                    .resideInAPackage(COMPRESSION)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SERIES, STREAM, FUSE, CLI, CONTROL, OPTIONS, CLUSTER);

    @ArchTest
    static final ArchRule onlyUnpackingKnowsTheLibrariesForIt =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(COMPRESSION)
                    .and()
                    .resideInAPackage("org.fusedpcap.fs..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.github.luben..", "net.jpountz..", "org.tukaani..");

    @ArchTest
    static final ArchRule controlFilesKnowNoStreams =
            noClasses()
                    .that()
                    .resideInAPackage(CONTROL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SERIES, STREAM, STATUS, FUSE, CLI, LINUX, CLUSTER);

    @ArchTest
    static final ArchRule optionsKnowNothing =
            noClasses()
                    .that()
                    .resideInAPackage(OPTIONS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SERIES, STREAM, STATUS, FUSE, CLI, CONTROL, LINUX, CLUSTER);

    @ArchTest
    static final ArchRule statusIsToldAndAsksNobody =
            noClasses()
                    .that()
                    .resideInAPackage(STATUS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FUSE, CLI, CONTROL, LINUX);

    @ArchTest
    static final ArchRule onlyTheCommandsKnowTheCommands =
            noClasses()
                    .that()
                    .resideInAPackage("org.fusedpcap.fs..")
                    .and()
                    .resideOutsideOfPackage(CLI)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(CLI);

    @ArchTest
    static final ArchRule onlyFuseKnowsTheFuseLibrary =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(FUSE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ru.serce..");

    @ArchTest
    static final ArchRule onlyLinuxAndFuseCallNativeCode =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(LINUX, FUSE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("jnr..", "com.kenai.jffi..");

    @ArchTest
    static final ArchRule clusterKnowsNoFileSystem =
            noClasses()
                    .that()
                    .resideInAPackage(CLUSTER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.fusedpcap.fs..");

    @ArchTest
    static final ArchRule theProductKnowsNoTestkit =
            noClasses()
                    .that()
                    .resideInAnyPackage("org.fusedpcap.fs..", CLUSTER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.fusedpcap.testkit..");

    @ArchTest
    static final ArchRule noRoomsInACircle =
            slices().matching(FS + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noPackagesInACircle =
            slices().matching("org.fusedpcap.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everythingHasARoom =
            classes()
                    .that()
                    .resideInAPackage("org.fusedpcap.fs..")
                    .should()
                    .resideInAnyPackage(
                            SERIES,
                            STREAM,
                            STATUS,
                            FUSE,
                            CLI,
                            CONTROL,
                            OPTIONS,
                            LINUX,
                            COMPRESSION);
}
