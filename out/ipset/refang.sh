#!/bin/sh
# Loads the sets and chains that lie beside this script, by Refang. For root; can be run again and again.
set -eu
PATH="$PATH:/usr/sbin:/sbin"
cd "$(dirname "$0")"

ipset restore <refang.ipset

for iptables in iptables ip6tables; do
	"$iptables-restore" --wait --noflush <"refang.$iptables"
	# Packets are sent to the chains from the top; a rule that does so already stays where it is.
	for jump in \
		"INPUT -j REFANG_SOURCE" \
		"OUTPUT -j REFANG_DESTINATION" \
		"FORWARD -j REFANG_SOURCE" \
		"FORWARD -j REFANG_DESTINATION"; do
		# shellcheck disable=SC2086 # These are several words.
		"$iptables" --wait -C $jump 2>/dev/null || "$iptables" --wait -I $jump
	done
done
