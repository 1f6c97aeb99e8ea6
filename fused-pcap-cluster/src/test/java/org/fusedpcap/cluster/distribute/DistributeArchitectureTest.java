package org.fusedpcap.cluster.distribute;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DistributeArchitectureTest {

    @Test
    void shouldKnowRecordsButNoFilesAndNoProtocols() {
        JavaClasses distribute =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(DistributeArchitectureTest.class.getPackageName());

        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.fusedpcap.cluster.distribute",
                        "org.fusedpcap.cluster.pcap",
                        "org.fusedpcap.cluster.flow",
                        "org.slf4j",
                        "java.io",
                        "java.lang..",
                        "java.nio",
                        "java.util..")
                .check(distribute);
    }
}
