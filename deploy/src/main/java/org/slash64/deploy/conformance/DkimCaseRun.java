package org.slash64.deploy.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.slash64.enrichers.dkim.DkimCollector;
import org.slash64.enrichers.dkim.DkimLimits;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimSettings;
import org.slash64.enrichers.dkim.DkimVerifier;
import org.slash64.enrichers.dkim.LineEnds;
import org.slash64.testkit.conformance.dkim.DkimCase;

/** Verifies the messages of a DKIM suite. */
public final class DkimCaseRun {
    /** More than a mail server evaluates: suites put all that can be wrong into one message. */
    private static final DkimLimits LIMITS = DkimLimits.DEFAULTS.withSignatures(1_000);

    private final DkimSettings settings;
    private final Instant now;

    /**
     * @param allowLegacy whether rsa-sha1 and short RSA keys may pass
     * @param now the time of verification where a case does not name one
     */
    public DkimCaseRun(boolean allowLegacy, Instant now) {
        this.settings = DkimSettings.DEFAULTS.withLegacy(allowLegacy);
        this.now = now;
    }

    /**
     * The verdicts on one message, top signature first.
     *
     * @throws IOException when the message cannot be read
     */
    public List<DkimResult> verify(DkimCase message) throws IOException {
        if (!Files.isReadable(message.file())) {
            throw new IOException("cannot read the message " + message.file());
        }
        try (InputStream in = Files.newInputStream(message.file())) {
            DkimMaterial material = DkimCollector.collect(in, lineEnds(message), LIMITS);
            return new DkimVerifier(new CaseKeys(message), settings)
                    .verify(material, message.time().orElse(now))
                    .join();
        }
    }

    private static LineEnds lineEnds(DkimCase message) {
        return message.bareLineFeeds()
                .map(bare -> bare ? LineEnds.LF : LineEnds.CRLF)
                .orElse(LineEnds.OF_FIRST_LINE);
    }
}
