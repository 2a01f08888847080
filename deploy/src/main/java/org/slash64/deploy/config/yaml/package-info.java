/**
 * A small typed reader of YAML: a field is declared where it is read, with its type, default and meaning, so that the
 * reference is made of what is read, and every mistake has its line.
 */
package org.slash64.deploy.config.yaml;
