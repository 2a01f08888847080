#!/bin/bash
# Runs in namespaces of its own for network, mounts and processes: a real Postfix that asks the policy server gets mail from
# clients that have documentation addresses. Ends when all is logged; what it started ends with the namespace.
set -euo pipefail
dir=$1
export TZ=UTC

ip link set lo up
for address in 2001:db8:25::25 2001:db8:100:1::25 2001:db8:b:2::666 2001:db8:c:3::7 2001:db8:d:4::9; do
  ip address add "$address/128" dev lo nodad
done
ip address add 192.0.2.25/32 dev lo
ip address add 198.51.100.66/32 dev lo
# names without DNS, which the namespace has none of
echo 'hosts: files' > "$dir/nsswitch.conf"
mount --bind "$dir/etc/hosts" /etc/hosts
mount --bind "$dir/nsswitch.conf" /etc/nsswitch.conf

mkdir "$dir/queue" "$dir/data"
chown postfix "$dir/data"
postfix -c "$dir/etc" check
"$(postconf -c "$dir/etc" -h daemon_directory)/master" -c "$dir/etc" -w

# Sends from a client; what the server says goes to a file. That it says no is what some of the mails are for.
mail() {
  name=$1
  client=$2
  shift 2
  swaks --timeout 20 --server '[2001:db8:25::25]' --local-interface "$client" --helo mail.example.org \
    --from news@example.org --to user@example.net "$@" > "$dir/$name.swaks" 2>&1 || true
}
mail listed 2001:db8:b:2::666
mail listed-ipv4 198.51.100.66 --server 192.0.2.25
mail good 2001:db8:100:1::25
mail own 2001:db8:c:3::7
mail submission 2001:db8:b:2::666 --port 587
mail login 2001:db8:100:1::25 --xclient-addr 'IPV6:2001:db8:b:2::666' --xclient-login user --xclient-optional
mail listed-by-xclient 2001:db8:100:1::25 --xclient-addr 'IPV6:2001:db8:b:2::666' --xclient-optional
mail marked 2001:db8:d:4::9 --to user@example.net,other@example.net

# The program is killed while these come; smtp-source fails where one is not accepted.
smtp-source -s 8 -m 1000 -l 200 -M mail.example.org -f news@example.org -t user@example.net \
  'inet:[2001:db8:25::25]:25' > "$dir/load.out" 2>&1 &
load=$!
for _ in $(seq 300); do
  [ "$(grep -c 'qmgr.*: removed' "$dir/maillog")" -ge 100 ] && break
  sleep 0.1
done
touch "$dir/asked"
for _ in $(seq 600); do
  [ -e "$dir/killed" ] && break
  sleep 0.1
done
wait "$load"
mail after-kill 2001:db8:100:1::25
mail listed-after-kill 2001:db8:b:2::666

postfix -c "$dir/etc" flush 2>> "$dir/stop.log" || true
for _ in $(seq 300); do
  [ "$(grep -c 'qmgr.*: removed' "$dir/maillog")" -ge 1007 ] && break
  sleep 0.1
done
postfix -c "$dir/etc" stop 2>> "$dir/stop.log"
