#!/bin/bash
# Runs in namespaces of its own for network, mounts and processes: a real Postfix sends to example.org, whose hosts answer
# 421 to every message over IPv6 and take it over IPv4. Ends when each message was tried once; what it started ends with
# the namespace.
set -euo pipefail
dir=$1
messages=$2
export TZ=UTC

ip link set lo up
for address in 2001:db8:0:1::25 2001:db8:0:1::26; do
  ip address add "$address/128" dev lo nodad
done
ip address add 192.0.2.25/32 dev lo
echo 'hosts: dns' > "$dir/nsswitch.conf"
echo 'nameserver 127.0.0.1' > "$dir/resolv.conf"
mount --bind "$dir/nsswitch.conf" /etc/nsswitch.conf
mount --bind "$dir/resolv.conf" /etc/resolv.conf

# Waits until somebody listens.
listening() {
  for _ in $(seq 100); do
    (exec 3<> "/dev/tcp/$1/$2") 2>> "$dir/waiting.log" && return
    sleep 0.1
  done
  return 1
}

nsd -c "$dir/etc/nsd.conf" -d > "$dir/nsd.log" 2>&1 &
for address in 2001:db8:0:1::25 2001:db8:0:1::26; do
  smtp-sink -u nobody -r . -b '421 4.7.1 come over IPv4' "inet:[$address]:25" 100 > "$dir/sink-$address.log" 2>&1 &
done
smtp-sink -u nobody inet:192.0.2.25:25 100 > "$dir/sink.log" 2>&1 &

mkdir "$dir/queue" "$dir/data"
chown postfix "$dir/data"
postfix -c "$dir/etc" check
"$(postconf -c "$dir/etc" -h daemon_directory)/master" -c "$dir/etc" -w
listening 127.0.0.1 53
listening 2001:db8:0:1::25 25
listening 2001:db8:0:1::26 25
listening 192.0.2.25 25
listening 127.0.0.1 2525

smtp-source -m "$messages" -s 2 -f a@example.net -t b@example.org inet:127.0.0.1:2525
for _ in $(seq 200); do
  [ "$(grep -c 'status=' "$dir/maillog")" -ge "$messages" ] && break
  sleep 0.1
done
postfix -c "$dir/etc" stop 2>> "$dir/stop.log"
