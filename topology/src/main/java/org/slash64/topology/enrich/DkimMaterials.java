package org.slash64.topology.enrich;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dkim.DkimLimits;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.Octets;
import org.slash64.enrichers.dkim.SignatureMaterial;
import org.slash64.enrichers.dkim.Signer;
import org.slash64.enrichers.dkim.SigningAlgorithm;
import org.slash64.schemas.DkimSignature;
import org.slash64.schemas.DkimSigned;

/** DKIM material as events carry it, for the verifier. */
final class DkimMaterials {

    /** The first number of more than 12 digits. */
    private static final long BEYOND_TIME = 1_000_000_000_000L;

    private DkimMaterials() {}

    /** Whoever wrote the event: no more signatures than the verifier's own limit. */
    static DkimMaterial of(org.slash64.schemas.DkimMaterial material) {
        List<DkimSignature> signatures = material.getSignatures();
        int evaluated = Math.min(signatures.size(), DkimLimits.DEFAULTS.maxSignatures());
        return new DkimMaterial(
                signatures.subList(0, evaluated).stream()
                        .map(DkimMaterials::signature)
                        .toList(),
                material.getPassedOver() + signatures.size() - evaluated,
                material.getFromFields());
    }

    private static SignatureMaterial signature(DkimSignature signature) {
        Signer signer = new Signer(
                signature.getDomain(), signature.getSelector(), signature.getIdentity(), signature.getAlgorithm());
        if (signature.getSigned() == null) {
            DkimStatus status = signature.getPolicy() ? DkimStatus.POLICY : DkimStatus.PERMERROR;
            String reason = signature.getReason() == null ? "nothing to verify" : signature.getReason();
            return new SignatureMaterial.Unusable(signer, status, reason);
        }
        return SigningAlgorithm.of(signer.algorithm())
                .<SignatureMaterial>map(algorithm -> complete(signer, algorithm, signature.getSigned()))
                .orElseGet(() -> new SignatureMaterial.Unusable(
                        signer, DkimStatus.PERMERROR, "the algorithm in the event is not known"));
    }

    private static SignatureMaterial complete(Signer signer, SigningAlgorithm algorithm, DkimSigned signed) {
        return new SignatureMaterial.Complete(
                signer,
                algorithm,
                octets(signed.getHeaderHash()),
                octets(signed.getBodyHash()),
                octets(signed.getSignedBodyHash()),
                octets(signed.getSignature()),
                instant(signed.getSignedAt()),
                instant(signed.getExpiresAt()),
                signed.getUnsignedBytes());
    }

    /** Times of more digits do not exist (RFC 6376 section 3.5). */
    private static Optional<Instant> instant(Long seconds) {
        return Optional.ofNullable(seconds)
                .filter(time -> time >= 0 && time < BEYOND_TIME)
                .map(Instant::ofEpochSecond);
    }

    private static Octets octets(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Octets.of(bytes);
    }
}
