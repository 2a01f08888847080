package org.slash64.deploy.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.slash64.schemas.Subject;

/** The stores of all instances: a question goes to the one that owns the subject, or else to those that have a copy. */
public final class ClusterStates implements SubjectStates {

    /** Of other instances that are asked, one after the other. */
    private static final int MOST_ASKED = 3;

    private final LocalStates local;
    private final Peers peers;

    /** Asks another instance, which answers from its own stores and asks nobody. */
    public interface Peers {

        /**
         * The state of a subject by another instance.
         *
         * @throws StateUnavailableException where it does not answer, or has no copy
         */
        SubjectState ask(HostInfo peer, Subject subject) throws StateUnavailableException;
    }

    public ClusterStates(LocalStates local, Peers peers) {
        this.local = local;
        this.peers = peers;
    }

    @Override
    public SubjectState of(Subject subject) throws StateUnavailableException {
        try {
            return settled(subject);
        } catch (StateUnavailableException e) {
            return anyCopy(subject).orElseThrow(() -> e);
        }
    }

    private SubjectState settled(Subject subject) throws StateUnavailableException {
        KeyQueryMetadata owner = local.owner(subject);
        StateUnavailableException last = new StateUnavailableException("nobody has it yet");
        for (HostInfo host : inOrder(owner)) {
            try {
                return host.equals(local.self()) ? local.of(subject, owner) : peers.ask(host, subject);
            } catch (StateUnavailableException e) {
                last = e;
            }
        }
        throw last;
    }

    /** While the work is shared out anew, whoever still has something of the subject tells it. */
    private Optional<SubjectState> anyCopy(Subject subject) {
        Optional<SubjectState> own = toldBy(() -> local.anyCopy(subject));
        return own.isPresent()
                ? own
                : local.others().stream()
                        .limit(MOST_ASKED)
                        .map(host -> toldBy(() -> peers.ask(host, subject)))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private interface Question {
        SubjectState ask() throws StateUnavailableException;
    }

    private static Optional<SubjectState> toldBy(Question question) {
        try {
            return Optional.of(question.ask()).filter(SubjectState::tellsSomething);
        } catch (StateUnavailableException e) {
            return Optional.empty();
        }
    }

    /** What this instance has of a subject itself, for others that ask. */
    public SubjectState own(Subject subject) throws StateUnavailableException {
        try {
            return local.of(subject, local.owner(subject));
        } catch (StateUnavailableException e) {
            return toldBy(() -> local.anyCopy(subject)).orElseThrow(() -> e);
        }
    }

    /** The owner, where it is settled who that is, then those with a copy. */
    static List<HostInfo> inOrder(KeyQueryMetadata owner) {
        return Stream.concat(Stream.of(owner.activeHost()), owner.standbyHosts().stream())
                .filter(host -> !host.equals(HostInfo.unavailable()))
                .limit(MOST_ASKED)
                .toList();
    }
}
