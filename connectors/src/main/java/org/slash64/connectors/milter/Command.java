package org.slash64.connectors.milter;

import java.util.Optional;

/** What a mail server says to a milter, by its byte in a frame: SMFIC_ in Sendmail's {@code libmilter/mfdef.h}. */
enum Command {
    ABORT('A'),
    BODY('B'),
    CONNECT('C'),
    MACROS('D'),
    END_OF_MESSAGE('E'),
    HELO('H'),
    QUIT_AND_REUSE('K'),
    HEADER('L'),
    MAIL('M'),
    END_OF_HEADER('N'),
    NEGOTIATE('O'),
    QUIT('Q'),
    RECIPIENT('R'),
    DATA('T'),
    UNKNOWN_COMMAND('U');

    private final char code;

    Command(char code) {
        this.code = code;
    }

    static Optional<Command> of(byte code) {
        for (Command command : values()) {
            if (command.code == code) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }
}
