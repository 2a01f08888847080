package org.slash64.deploy.state;

import org.slash64.schemas.Subject;

/** Who knows the state of subjects. */
public interface SubjectStates {

    /**
     * The state of a subject.
     *
     * @throws StateUnavailableException where nobody has it now, as while a cluster shares out its work anew
     */
    SubjectState of(Subject subject) throws StateUnavailableException;
}
