package org.fusedpcap.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions in which the packages of this module may look. */
@AnalyzeClasses(packages = "org.fusedpcap", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesLookFromDistributionToFlowToPcap =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("distribute")
                    .definedBy("..cluster.distribute..")
                    .layer("flow")
                    .definedBy("..cluster.flow..")
                    .layer("pcap")
                    .definedBy("..cluster.pcap..")
                    .whereLayer("distribute")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("flow")
                    .mayOnlyBeAccessedByLayers("distribute")
                    .whereLayer("pcap")
                    .mayOnlyBeAccessedByLayers("distribute", "flow");

    @ArchTest
    static final ArchRule pcap4jStaysInOneClass =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("Pcap4jLlc")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.pcap4j..");

    @ArchTest
    static final ArchRule clusterKnowsNoFiles =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.fusedpcap.fs..", "java.nio.file..", "java.nio.channels..");
}
