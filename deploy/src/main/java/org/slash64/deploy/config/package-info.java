/** What the program can be told in a file. The records that take it hold the defaults; here is how each field is written. */
package org.slash64.deploy.config;
