#!/bin/bash
# Runs in namespaces of its own for network, mounts and processes: a real Postfix gets mail over IPv6, from clients that
# have documentation addresses. Ends when all is logged; what it started ends with the namespace.
set -euo pipefail
dir=$1
export TZ=UTC
server='[2001:db8:25::25]'

ip link set lo up
for address in 2001:db8:25::25 2001:db8:a:1::25 2001:db8:b:2::666; do
  ip address add "$address/128" dev lo nodad
done
# names without DNS, which the namespace has none of
echo 'hosts: files' > "$dir/nsswitch.conf"
mount --bind "$dir/etc/hosts" /etc/hosts
mount --bind "$dir/nsswitch.conf" /etc/nsswitch.conf

mkdir "$dir/queue" "$dir/data"
chown postfix "$dir/data"

# Makes a key and a certificate for a name, in one file.
certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$1" \
    -keyout "$2" -out "$2.crt" 2>> "$dir/openssl.log"
  cat "$2.crt" >> "$2"
}
certificate mx.example.net "$dir/etc/mx.pem"
certificate mail.example.org "$dir/etc/client.pem"
postfix -c "$dir/etc" check
"$(postconf -c "$dir/etc" -h daemon_directory)/master" -c "$dir/etc" -w

# Sends from a client; that the server says no is what some of the mails are for.
mail() {
  client=$1
  shift
  swaks --timeout 10 --server "$server" --local-interface "$client" "$@" >> "$dir/swaks.log" 2>&1 || true
}
mail 2001:db8:a:1::25 --helo mail.example.org --from news@example.org --to user@example.net \
  --tls --tls-cert "$dir/etc/client.pem" --tls-key "$dir/etc/client.pem" \
  --header 'From: News <news@lists.example.org>' --header 'Reply-To: <reply@example.com>'
mail 2001:db8:a:1::25 --helo mail.example.org --from news@example.org --to other@example.net --pipeline \
  --header 'From: News <news@lists.example.org>'
mail 2001:db8:b:2::666 --helo '[IPv6:2001:db8:b:2::666]' --from bad@example.com --to victim@elsewhere.example
mail 2001:db8:b:2::666 --quit-after connect

# The last session's end, the queue's last word, and what waits in postlogd's socket
for _ in $(seq 100); do
  [ "$(grep -c 'disconnect from' "$dir/maillog")" = 4 ] && [ "$(grep -c 'qmgr.*: removed' "$dir/maillog")" = 2 ] && break
  sleep 0.1
done
postfix -c "$dir/etc" stop 2>> "$dir/stop.log"
