/** What a pipeline like this one would see of a sender or a receiver, and what to publish where it would not like it. */
package org.slash64.deploy.check;
