package org.slash64.schemas.registry;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.slash64.schemas.Topic;
import org.slash64.schemas.state.Tally;

/**
 * Tells Avro which classes a schema may name. Since 1.12.2 Avro instantiates no class, not even a generated one, that is not
 * on a list for the whole JVM; that list is Avro's, and what is on it already stays.
 */
final class TrustedRecords {
    private static final String OWN_PACKAGE = Topic.class.getPackageName();

    private TrustedRecords() {}

    /** Trusts the classes of the record's package, and the generated ones of slash64, which it may be made of. */
    static synchronized void trust(Class<?> record) {
        trustPackage(Topic.class, OWN_PACKAGE);
        trustPackage(Tally.class, Tally.class.getPackageName());
        trustPackage(record, record.getPackageName());
    }

    private static void trustPackage(Class<?> member, String name) {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        if (!before.isTrusted(member)) {
            ClassSecurityPredicate added = type -> type.getPackageName().equals(name);
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, added));
        }
    }
}
