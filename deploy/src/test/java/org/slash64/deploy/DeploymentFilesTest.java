package org.slash64.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the files for containers and systemd promise: nobody is root, nothing is written but to volumes, everything named is there. */
class DeploymentFilesTest {

    private static final Path BASE = Path.of("kubernetes", "base");
    private static final Path COMPOSE = Path.of("compose");

    private static Object yaml(Path file) throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(strict)).load(Files.readString(file));
    }

    /** What stands at a path of keys; numbers are places in lists. */
    private static Object at(Object tree, Object... path) {
        Object here = tree;
        for (Object key : path) {
            here = here instanceof List<?> list ? list.get((Integer) key) : ((Map<?, ?>) here).get(key);
        }
        return here;
    }

    private static Object statefulSet(Object... path) throws IOException {
        return at(yaml(BASE.resolve("statefulset.yaml")), path);
    }

    private static Object container(Object... path) throws IOException {
        return at(statefulSet("spec", "template", "spec", "containers", 0), path);
    }

    @Test
    void kustomization_namesEveryFileBesideIt() throws IOException {
        Object kustomization = yaml(BASE.resolve("kustomization.yaml"));
        List<Object> named = new ArrayList<>((List<?>) at(kustomization, "resources"));
        named.addAll((List<?>) at(kustomization, "configMapGenerator", 0, "files"));
        named.add("kustomization.yaml");
        try (Stream<Path> files = Files.list(BASE)) {
            assertThat(files.map(file -> (Object) file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void pods_mayDoNothingThatTheyNeedNot() throws IOException {
        Object pod = statefulSet("spec", "template", "spec");
        assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(at(pod, "securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
        assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
        assertThat(container("securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(container("securityContext", "allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(container("securityContext", "capabilities", "drop")).isEqualTo(List.of("ALL"));
        assertThat(container("resources", "limits", "memory")).isNotNull();
    }

    @Test
    void pods_areProbedAndMountWhatThereIs() throws IOException {
        assertThat(container("livenessProbe", "httpGet", "path")).isEqualTo("/health/live");
        assertThat(container("readinessProbe", "httpGet", "path")).isEqualTo("/health/ready");
        List<Object> volumes = new ArrayList<>();
        volumes.add(statefulSet("spec", "volumeClaimTemplates", 0, "metadata", "name"));
        for (Object volume : (List<?>) statefulSet("spec", "template", "spec", "volumes")) {
            volumes.add(at(volume, "name"));
        }
        for (Object mount : (List<?>) container("volumeMounts")) {
            assertThat(volumes).contains(at(mount, "name"));
        }
    }

    @Test
    void pods_findEachOtherByTheHeadlessService() throws IOException {
        Object service = yaml(BASE.resolve("service-headless.yaml"));
        assertThat(at(service, "spec", "clusterIP")).isEqualTo("None");
        assertThat(at(service, "metadata", "name")).isEqualTo(statefulSet("spec", "serviceName"));
        assertThat(Files.readString(BASE.resolve("slash64.yaml")))
                .contains("advertised: POD." + at(service, "metadata", "name") + ":");
        assertThat(at(yaml(BASE.resolve("poddisruptionbudget.yaml")), "spec", "maxUnavailable"))
                .isEqualTo(1);
    }

    @Test
    void compose_hasABrokerARegistryAndTwoInstances() throws IOException {
        Object compose = yaml(COMPOSE.resolve("compose.yaml"));
        assertThat(((Map<?, ?>) at(compose, "services")).keySet().toString()).isEqualTo("[kafka, registry, one, two]");
        for (String instance : List.of("one", "two")) {
            Object service = at(compose, "services", instance);
            assertThat(at(service, "read_only")).isEqualTo(true);
            assertThat(at(service, "cap_drop")).isEqualTo(List.of("ALL"));
            assertThat(COMPOSE.resolve(instance + ".yaml")).exists();
            assertThat((List<?>) at(service, "volumes"))
                    .anyMatch(volume ->
                            volume.toString().startsWith("./" + instance + ".yaml:/etc/slash64/slash64.yaml"));
            assertThat(yaml(COMPOSE.resolve(instance + ".yaml"))).isNotNull();
        }
    }

    @Test
    void containerfile_endsAsAUserWithoutRights() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("Containerfile"));
        assertThat(lines.stream().filter(line -> line.startsWith("FROM "))).hasSize(2);
        assertThat(lines).contains("USER 10064:10064");
        assertThat(statefulSet("spec", "template", "spec", "securityContext", "runAsUser"))
                .isEqualTo(10064);
    }
}
