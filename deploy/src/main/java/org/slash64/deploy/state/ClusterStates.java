package org.slash64.deploy.state;

import java.util.ArrayList;
import java.util.List;
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
        KeyQueryMetadata owner = local.owner(subject);
        StateUnavailableException last = null;
        for (HostInfo host : inOrder(owner)) {
            try {
                return host.equals(local.self()) ? local.of(subject, owner) : peers.ask(host, subject);
            } catch (StateUnavailableException e) {
                last = e;
            }
        }
        throw last;
    }

    /** What this instance has of a subject itself, for others that ask. */
    public SubjectState own(Subject subject) throws StateUnavailableException {
        return local.of(subject, local.owner(subject));
    }

    private static List<HostInfo> inOrder(KeyQueryMetadata owner) {
        List<HostInfo> hosts = new ArrayList<>(List.of(owner.activeHost()));
        owner.standbyHosts().stream().limit(MOST_ASKED - 1).forEach(hosts::add);
        return hosts;
    }
}
