package org.slash64.deploy.bench.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.testkit.dns.ZoneData;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class BenchZoneTest {
    private final BenchZone zone = BenchZone.generate();

    @Test
    void generate_twice_isTheSameAndAllNamesDiffer() throws IOException {
        List<Name> names = zone.names();
        assertThat(BenchZone.generate().names()).isEqualTo(names);
        assertThat(new HashSet<>(names)).hasSize(BenchZone.SIZE);
    }

    @Test
    void write_filesOfBothSides_holdTheSame(@TempDir Path directory) throws IOException {
        Path zoneFile = directory.resolve("zone");
        Path queries = directory.resolve("queries");
        zone.writeZone(zoneFile);
        zone.writeQueries(queries);
        ZoneData data = ZoneData.parse(zoneFile);
        List<Name> names = zone.names();
        assertThat(Files.readAllLines(queries)).hasSize(names.size()).element(7).isEqualTo(names.get(7) + " A");
        assertThat(data.lookup(names.get(7), Type.A).answers())
                .singleElement()
                .extracting(record -> record.rdataToString())
                .isEqualTo(BenchZone.address(7));
    }
}
