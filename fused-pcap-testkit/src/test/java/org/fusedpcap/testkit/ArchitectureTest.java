package org.fusedpcap.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.fusedpcap");

    @Test
    void shouldShareNoCodeWithWhatItChecks() {
        classes().should().resideInAPackage("org.fusedpcap.testkit..").check(CLASSES);
    }

    @Test
    void shouldMakeTrafficWithoutKnowingWhoWritesOrJudgesIt() {
        noClasses()
                .that()
                .resideInAPackage("..traffic..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..writer..", "..oracle..", "..cli..")
                .check(CLASSES);
    }

    @Test
    void shouldJudgeWithoutKnowingTheWriters() {
        noClasses()
                .that()
                .resideInAPackage("..oracle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..writer..", "..cli..")
                .check(CLASSES);
    }

    @Test
    void shouldUsePcap4jInTrafficAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..traffic..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pcap4j..")
                .check(CLASSES);
    }
}
