package org.slash64.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import org.slash64.schemas.registry.RegistryClient;

/** Which module may know which. */
@AnalyzeClasses(packages = "org.slash64", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SCHEMAS = "org.slash64.schemas..";
    private static final String ENRICHERS = "org.slash64.enrichers..";
    private static final String CONNECTORS = "org.slash64.connectors..";
    private static final String TOPOLOGY = "org.slash64.topology..";
    private static final String TESTKIT = "org.slash64.testkit..";
    private static final String DEPLOY = "org.slash64.deploy..";
    private static final String KAFKA = "org.apache.kafka..";

    @ArchTest
    static final ArchRule SCHEMAS_KNOW_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage(SCHEMAS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENRICHERS, CONNECTORS, TOPOLOGY, TESTKIT, DEPLOY);

    @ArchTest
    static final ArchRule ENRICHERS_KNOW_NO_KAFKA_AND_NO_AVRO = noClasses()
            .that()
            .resideInAPackage(ENRICHERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SCHEMAS, CONNECTORS, TOPOLOGY, TESTKIT, DEPLOY, KAFKA, "org.apache.avro..");

    @ArchTest
    static final ArchRule CONNECTORS_KNOW_SCHEMAS_AND_ENRICHERS = noClasses()
            .that()
            .resideInAPackage(CONNECTORS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TOPOLOGY, TESTKIT, DEPLOY, "org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule TOPOLOGY_KNOWS_OF_CONNECTORS_THE_PARSERS_ALONE = noClasses()
            .that()
            .resideInAPackage(TOPOLOGY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    TESTKIT,
                    DEPLOY,
                    "org.slash64.connectors.file..",
                    "org.slash64.connectors.follow..",
                    "org.slash64.connectors.answer..",
                    "org.slash64.connectors.policy..",
                    "org.slash64.connectors.publish..",
                    "org.slash64.connectors.rbldnsd..",
                    "org.slash64.connectors.accessmap..",
                    "org.slash64.connectors.nftables..",
                    "org.slash64.connectors.rpz..",
                    "org.slash64.connectors.csv..",
                    "org.slash64.connectors.json..");

    @ArchTest
    static final ArchRule TESTKIT_KNOWS_SCHEMAS_ALONE = noClasses()
            .that()
            .resideInAPackage(TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENRICHERS, CONNECTORS, TOPOLOGY, DEPLOY);

    @ArchTest
    static final ArchRule CORRELATION_IS_PLAIN_JAVA_BUT_FOR_ITS_STEP = noClasses()
            .that()
            .resideInAPackage("org.slash64.topology.correlate..")
            .and()
            .haveSimpleNameNotStartingWith("CorrelateLines")
            .and()
            .haveSimpleNameNotStartingWith("Stored")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(KAFKA);

    @ArchTest
    static final ArchRule ONE_CLASS_KNOWS_THE_REGISTRYS_CLIENT = noClasses()
            .that()
            .doNotBelongToAnyOf(RegistryClient.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule NO_NAME_IS_RESOLVED_BY_THE_JDK =
            noClasses().should().callMethod(InetAddress.class, "getByName", String.class);

    /** A line that is parsed makes no DNS query happen, whatever names are in it. */
    @ArchTest
    static final ArchRule PARSING_ASKS_NOBODY = noClasses()
            .that()
            .resideInAPackage("org.slash64.connectors..")
            .and()
            .resideOutsideOfPackages(
                    "org.slash64.connectors.answer..",
                    "org.slash64.connectors.policy..",
                    "org.slash64.connectors.milter..",
                    "org.slash64.connectors.socket..",
                    "org.slash64.connectors.publish..")
            .or()
            .resideInAPackage("org.slash64.topology.parse..")
            .or()
            .resideInAPackage("org.slash64.topology.correlate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.naming..", "org.slash64.enrichers.dns..", "org.xbill..");
}
