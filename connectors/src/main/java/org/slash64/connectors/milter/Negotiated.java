package org.slash64.connectors.milter;

import java.util.List;
import org.slash64.connectors.answer.Mode;

/**
 * What milter and mail server agreed on: SMFIF_ and SMFIP_ in Sendmail's {@code libmilter/mfapi.h} and {@code mfdef.h}.
 *
 * @param version of the protocol, 2 to 6
 * @param actions what the milter may ask for
 * @param steps what the mail server leaves out
 */
record Negotiated(int version, int actions, int steps) {

    static final int ADD_HEADERS = 0x1;
    static final int CHANGE_HEADERS = 0x10;
    static final int QUARANTINE = 0x20;
    static final int CHOOSE_MACROS = 0x100;

    static final int NO_UNKNOWN = 0x100;
    static final int NO_DATA = 0x200;
    static final int LEADING_SPACE = 0x100000;

    private static final int NO_REPLY_HEADER = 0x80;
    private static final int NO_REPLY_CONNECT = 0x1000;
    private static final int NO_REPLY_HELO = 0x2000;
    private static final int NO_REPLY_MAIL = 0x4000;
    private static final int NO_REPLY_RECIPIENT = 0x8000;
    private static final int NO_REPLY_DATA = 0x10000;
    private static final int NO_REPLY_UNKNOWN = 0x20000;
    private static final int NO_REPLY_END_OF_HEADER = 0x40000;
    private static final int NO_REPLY_BODY = 0x80000;

    private static final int WANTED_STEPS = NO_UNKNOWN
            | NO_DATA
            | LEADING_SPACE
            | NO_REPLY_HEADER
            | NO_REPLY_CONNECT
            | NO_REPLY_HELO
            | NO_REPLY_MAIL
            | NO_REPLY_RECIPIENT
            | NO_REPLY_DATA
            | NO_REPLY_UNKNOWN
            | NO_REPLY_END_OF_HEADER
            | NO_REPLY_BODY;

    private static final int OLDEST = 2;
    private static final int NEWEST = 6;

    /** SMFIM_CONNECT, SMFIM_HELO, SMFIM_ENVFROM, SMFIM_ENVRCPT, SMFIM_EOM. */
    private static final List<StageMacros> MACROS = List.of(
            new StageMacros(0, "j {daemon_name} {daemon_port} {client_ptr}"),
            new StageMacros(1, "{tls_version} {cert_subject}"),
            new StageMacros(2, "i {auth_type} {auth_authen} {tls_version} {cert_subject}"),
            new StageMacros(3, "i"),
            new StageMacros(5, "i"));

    /** Agrees on what is wanted, as far as it is offered. */
    static Negotiated with(Payload offer, Mode mode) throws MilterProtocolException {
        int version = offer.integer();
        if (version < OLDEST) {
            throw new MilterProtocolException("milter protocol version " + version);
        }
        int actions = offer.integer() & wanted(mode);
        int steps = offer.integer() & WANTED_STEPS;
        return new Negotiated(Math.min(version, NEWEST), actions, steps);
    }

    private static int wanted(Mode mode) {
        return switch (mode) {
            case OBSERVE -> CHOOSE_MACROS;
            case DRY_RUN -> CHOOSE_MACROS | ADD_HEADERS | CHANGE_HEADERS;
            case ENFORCE -> CHOOSE_MACROS | ADD_HEADERS | CHANGE_HEADERS | QUARANTINE;
        };
    }

    /** Lists of macros by stage; none where the mail server does not let the milter choose. */
    List<StageMacros> macros() {
        return may(CHOOSE_MACROS) ? MACROS : List.of();
    }

    /** Macros sent with one stage. */
    record StageMacros(int stage, String names) {}

    boolean may(int action) {
        return (actions & action) != 0;
    }

    boolean keepsLeadingSpace() {
        return (steps & LEADING_SPACE) != 0;
    }

    /** Whether the mail server waits to be told to go on; to the other commands there is an answer of their own, or none. */
    boolean isAnswered(Command command) {
        return switch (command) {
            case CONNECT -> isUnset(NO_REPLY_CONNECT);
            case HELO -> isUnset(NO_REPLY_HELO);
            case MAIL -> isUnset(NO_REPLY_MAIL);
            case RECIPIENT -> isUnset(NO_REPLY_RECIPIENT);
            case DATA -> isUnset(NO_REPLY_DATA);
            case UNKNOWN_COMMAND -> isUnset(NO_REPLY_UNKNOWN);
            case HEADER -> isUnset(NO_REPLY_HEADER);
            case END_OF_HEADER -> isUnset(NO_REPLY_END_OF_HEADER);
            case BODY -> isUnset(NO_REPLY_BODY);
            case END_OF_MESSAGE, NEGOTIATE, ABORT, MACROS, QUIT, QUIT_AND_REUSE -> false;
        };
    }

    private boolean isUnset(int step) {
        return (steps & step) == 0;
    }
}
