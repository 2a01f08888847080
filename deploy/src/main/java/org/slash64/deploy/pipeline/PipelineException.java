package org.slash64.deploy.pipeline;

/** The pipeline cannot run or go on. The message is one line for the operator and says what to do. */
public final class PipelineException extends Exception {
    private static final long serialVersionUID = 1L;

    public PipelineException(String message) {
        super(message);
    }

    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
