package org.slash64.enrichers.domain;

/** What a listing says of what is listed. */
public enum ListingKind {
    /** It belongs to somebody who does harm. */
    BAD,
    /** It belongs to somebody honest whom others abuse: no evidence against the owner. */
    ABUSED,
    /** Mail should not come from there, by its owner's or the list's policy; that is no abuse. */
    POLICY
}
