package org.slash64.deploy.http;

import java.util.Map;

/** A request that is not answered as asked: a status, and in one sentence why and what to do. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    public Refusal(int status, String detail) {
        super(detail);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** As a problem document of RFC 9457. */
    static Map<String, Object> problem(int status, String detail) {
        return Map.of("type", "about:blank", "status", status, "title", title(status), "detail", detail);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
