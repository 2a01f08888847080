/** Postfix's policy delegation protocol (SMTPD_POLICY_README): mail servers ask, and are told what to do with a client. */
package org.slash64.connectors.policy;
