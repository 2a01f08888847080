#!/bin/bash
# Runs in namespaces of its own for network, mounts and processes: a real Postfix with slash64's milter gets $2 messages over
# IPv6, in 20 sessions at a time. Ends when all is logged; what it started ends with the namespace.
set -euo pipefail
dir=$1
messages=$2
export TZ=UTC

ip link set lo up
for address in 2001:db8:25::25 2001:db8:a:1::25; do
  ip address add "$address/128" dev lo nodad
done
# names without DNS, which the namespace has none of
echo 'hosts: files' > "$dir/nsswitch.conf"
mount --bind "$dir/etc/hosts" /etc/hosts
mount --bind "$dir/nsswitch.conf" /etc/nsswitch.conf

chmod 777 "$dir/milter.sock" # smtpd and cleanup are other users
mkdir "$dir/queue" "$dir/data"
chown postfix "$dir/data"
postfix -c "$dir/etc" check
"$(postconf -c "$dir/etc" -h daemon_directory)/master" -c "$dir/etc" -w

smtp-source -s 20 -m "$messages" -f a@example.org -t b@example.net -l 2000 '[2001:db8:25::25]:25'

# the queue's last word, and what waits in postlogd's socket
for _ in $(seq 600); do
  [ "$(grep -c 'qmgr.*: removed' "$dir/maillog")" -ge "$messages" ] &&
    [ "$(grep -c 'smtpd.*: disconnect from' "$dir/maillog")" -ge "$messages" ] && break
  sleep 0.1
done
postfix -c "$dir/etc" stop 2>> "$dir/stop.log"
