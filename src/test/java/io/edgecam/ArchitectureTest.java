package io.edgecam;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture in docs/architecture.md, checked. */
class ArchitectureTest {
    private static final JavaClasses MODULE = new ClassFileImporter().importPath(Path.of("target", "classes"));
    private static final JavaClasses LOCAL_EDGE =
            new ClassFileImporter().importPath(Path.of("target", "test-classes", "io", "edgecam", "localedge"));

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.edgecam.(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void dependenciesPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("wires")
                .definedBy("io.edgecam")
                .layer("doors")
                .definedBy("io.edgecam.hub..", "io.edgecam.web..", "io.edgecam.check")
                .layer("wording")
                .definedBy("io.edgecam.contract", "io.edgecam.metrics")
                .layer("use case")
                .definedBy("io.edgecam.taking")
                .layer("machines")
                .definedBy("io.edgecam.camera..", "io.edgecam.imaging", "io.edgecam.storage..")
                .layer("book")
                .definedBy("io.edgecam.ledger")
                .layer("values")
                .definedBy(
                        "io.edgecam.picture",
                        "io.edgecam.settings",
                        "io.edgecam.event",
                        "io.edgecam.json",
                        "io.edgecam.thread")
                .whereLayer("wires")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("doors")
                .mayOnlyBeAccessedByLayers("wires")
                .whereLayer("wording")
                .mayOnlyBeAccessedByLayers("wires", "doors")
                .whereLayer("use case")
                .mayOnlyBeAccessedByLayers("wires", "doors", "wording")
                .whereLayer("machines")
                .mayOnlyBeAccessedByLayers("wires", "doors", "wording", "use case")
                .whereLayer("book")
                .mayOnlyBeAccessedByLayers("wires", "wording", "use case")
                .check(MODULE);
    }

    @Test
    void doorsDoNotKnowEachOther() {
        slices().matching("io.edgecam.(hub|web|check)..")
                .should()
                .notDependOnEachOther()
                .check(MODULE);
    }

    @Test
    void machinesDoNotKnowEachOther() {
        slices().matching("io.edgecam.(camera|imaging|storage)..")
                .should()
                .notDependOnEachOther()
                .check(MODULE);
    }

    @Test
    void theLedgerKnowsNoMachine() {
        noClasses()
                .that()
                .resideInAPackage("io.edgecam.ledger")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.edgecam.camera..", "io.edgecam.imaging", "io.edgecam.storage..", "io.edgecam.taking")
                .check(MODULE);
    }

    @Test
    void aDoorTakesPicturesOnlyThroughTheUseCase() {
        noClasses()
                .that()
                .resideInAnyPackage("io.edgecam.hub..", "io.edgecam.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.edgecam.storage..")
                .check(MODULE);
    }

    @Test
    void vendorCodeStaysInItsCorner() {
        confined("com.microsoft.azure..", "io.edgecam.hub.iotedge");
        confined("com.azure..", "io.edgecam.storage.blob");
        confined("io.undertow..", "io.edgecam.web..");
        confined("org.xnio..", "io.edgecam.web..");
        confined("picocli..", "io.edgecam");
        confined("ch.qos.logback..", "io.edgecam");
        confined("org.opencv..", "io.edgecam.camera.source", "io.edgecam.imaging");
        confined("nu.pattern..", "io.edgecam.camera.source", "io.edgecam.imaging");
        confined("java.awt..", "io.edgecam.camera.source", "io.edgecam.imaging");
        confined("javax.imageio..", "io.edgecam.camera.source", "io.edgecam.imaging");
        confined(
                "com.google.gson..",
                "io.edgecam",
                "io.edgecam.json",
                "io.edgecam.settings",
                "io.edgecam.contract",
                "io.edgecam.hub..",
                "io.edgecam.web..");
    }

    @Test
    void onlyTheThreadPackageStartsThreads() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.edgecam.thread", "io.edgecam")
                .should()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .check(MODULE);
    }

    @Test
    void theLocalEdgeKnowsOnlyTheWire() {
        assertThat(LOCAL_EDGE).isNotEmpty();
        noClasses()
                .that()
                .resideInAPackage("io.edgecam.localedge..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.edgecam..").and(resideOutsideOfPackage("io.edgecam.localedge..")))
                .check(LOCAL_EDGE);
    }

    private static void confined(String vendor, String... corners) {
        noClasses()
                .that()
                .resideOutsideOfPackages(corners)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(vendor)
                .check(MODULE);
    }
}
