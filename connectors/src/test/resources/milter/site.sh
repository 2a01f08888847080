#!/bin/bash
# Runs in namespaces of its own for network, mounts and processes: a real Postfix whose clients have documentation addresses.
# Reads commands, one a line, and tells how each ended. Ends with its input; what it started ends with the namespace.
set -euo pipefail
dir=$1
export TZ=UTC

ip link set lo up
for address in 2001:db8:25::25 2001:db8:a:1::25 2001:db8:b:2::666; do
  ip address add "$address/128" dev lo nodad
done
ip address add 192.0.2.25/32 dev lo
ip address add 192.0.2.99/32 dev lo
# names without DNS, which the namespace has none of
echo 'hosts: files' > "$dir/nsswitch.conf"
mount --bind "$dir/etc/hosts" /etc/hosts
mount --bind "$dir/nsswitch.conf" /etc/nsswitch.conf

mkdir "$dir/queue" "$dir/data" "$dir/mail"
chown postfix "$dir/data" "$dir/mail"
sed -i "s/@UID@/$(id -u postfix)/; s/@GID@/$(id -g postfix)/" "$dir/etc/main.cf"
postfix -c "$dir/etc" check
"$(postconf -c "$dir/etc" -h daemon_directory)/master" -c "$dir/etc" -w

set +e
echo 'ready 0'
while read -r line; do
  eval "$line" < /dev/null > "$dir/command.out" 2>&1
  echo "done $?"
done
postfix -c "$dir/etc" stop 2>> "$dir/stop.log"
