#!/usr/bin/env bash
# Installs the programs that judge what Refang writes: Suricata, YARA, nftables, iptables, ipset, Unbound, BIND, Knot
# Resolver, PowerDNS Recursor, dnsmasq, Squid, Postfix; ShellCheck; into .engines/suricata-8 Suricata 8, which Debian 12 does not
# have; into .engines/venv the checkers for Sigma, YAML, Zeek scripts, STIX, MISP, Google Cloud's firewall and pipelines.
# For Debian 12, as root or with sudo. Does only what is missing; starts no service and leaves the machine's
# package sources alone.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
engines="$root/.engines"
suricata_8="$engines/suricata-8"
requirements="$root/scripts/engines-requirements.txt"
# The last pySigma with the ATT&CK and D3FEND tables inside: see sigma-offline-data.py.
tables='pySigma==0.11.23'

work=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
policy_is_ours=

clean_up() {
  if [[ -n $policy_is_ours ]]; then as_root rm -f "$policy"; fi
  as_root rm -rf "$work"
}
trap clean_up EXIT

say() { printf 'install-engines: %s\n' "$*"; }

fail() {
  printf 'install-engines: %s\n' "$*" >&2
  exit 1
}

as_root() {
  if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# A program that may be in a folder only root has on its path.
has() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null; }

missing_packages() {
  has suricata || echo suricata
  has yarac || echo yara
  has nft || echo nftables
  has ip || echo iproute2
  has unbound || echo unbound
  has dnsmasq || echo dnsmasq-base
  has iptables-restore || echo iptables
  has ipset || echo ipset
  has named || echo bind9
  has named-checkzone || echo bind9-utils
  has nsupdate || echo bind9-dnsutils
  has kresd || echo knot-resolver
  has pdns_recursor || echo pdns-recursor
  # The build with OpenSSL sees the names in TLS too.
  has squid || echo squid-openssl
  has postmap || echo postfix
  has shellcheck || echo shellcheck
  python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

# The mirror that the machine itself is set to use.
debian_mirror() {
  local sources
  sources=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
  grep -E '^(URIs:|deb )' <<<"$sources" | grep -v security | grep -oE -m 1 '[a-z+]+:/[^ ]+'
}

# apt with a list of sources of its own, backports among them.
apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq \
    -o Dir::Etc::sourcelist="$work/debian.sources" \
    -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$work/lists" \
    -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Use-Pty=0 \
    "$@"
}

install_packages() {
  # shellcheck disable=SC1091
  . /etc/os-release
  [[ ${VERSION_CODENAME:-} == bookworm ]] ||
    fail "this is not Debian 12: install these yourself: $*"
  local mirror
  mirror=$(debian_mirror) || fail 'no Debian mirror in the sources of apt'
  cat >"$work/debian.sources" <<SOURCES
Types: deb
URIs: $mirror
Suites: bookworm bookworm-updates bookworm-backports
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
  mkdir -p "$work/lists/partial"
  chmod -R a+rX "$work"
  forbid_services
  say "packages: $*"
  quietly apt update
  local package rest=()
  for package in "$@"; do
    if [[ $package == suricata ]]; then
      quietly apt install -y --no-install-recommends -t bookworm-backports suricata
      # The package enables its service for the next start of the machine; we only want the program.
      if has systemctl; then quietly as_root systemctl disable suricata.service; fi
    else
      rest+=("$package")
    fi
  done
  if [[ ${#rest[@]} -gt 0 ]]; then quietly apt install -y --no-install-recommends "${rest[@]}"; fi
  for package in "${rest[@]}"; do
    # Their services are enabled for the next start too.
    if has systemctl; then disable_services "$package"; fi
  done
}

# The services that a package enables.
disable_services() {
  local service
  while read -r service; do
    quietly as_root systemctl disable "$service"
  done < <(dpkg -L "$1" | sed -nE 's|^.*/systemd/system/([a-z0-9-]+\.service)$|\1|p')
}

has_suricata_8() {
  [[ -e $suricata_8/version.txt ]] || { has suricata && suricata -V | grep -q ' version 8\.'; }
}

# Suricata 8 comes from Debian's next release, whichever 8.x that has today. It is only unpacked, with all the
# libraries it needs, and runs from there: to apt this is another machine, where nothing is installed yet.
install_suricata_8() {
  local mirror unpacked="$work/suricata-8" sid="$work/sid"
  mirror=$(debian_mirror) || fail 'no Debian mirror in the sources of apt'
  say "Suricata 8: $suricata_8"
  mkdir -p "$sid/lists/partial" "$sid/archives/partial" "$unpacked"
  : >"$sid/status"
  cat >"$sid/debian.sources" <<SOURCES
Types: deb
URIs: $mirror
Suites: sid
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
  chmod -R a+rX "$work"
  quietly apt_sid update
  quietly apt_sid install -y --no-install-recommends --download-only suricata libc6
  local deb
  for deb in "$sid"/archives/*.deb; do dpkg -x "$deb" "$unpacked"; done
  # Names that do not depend on the processor; prove/engines/suricata/suricata-program.ts uses them.
  local libraries
  libraries=$(cd "$unpacked" && echo usr/lib/*-linux-gnu*)
  ln -s "$libraries" "$unpacked/libraries"
  ln -s "$(cd "$unpacked" && echo "$libraries"/ld-linux*.so.*)" "$unpacked/loader"
  "$unpacked/loader" --library-path "$unpacked/libraries" "$unpacked/usr/bin/suricata" -V >"$unpacked/version.txt" ||
    fail 'Suricata 8 does not run here'
  grep -q ' version 8\.' "$unpacked/version.txt" || fail "not Suricata 8: $(cat "$unpacked/version.txt")"
  rm -rf "$suricata_8"
  mkdir -p "$engines"
  mv "$unpacked" "$suricata_8"
}

# apt with lists, status and archives of its own.
apt_sid() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq \
    -o Dir::Etc::sourcelist="$work/sid/debian.sources" \
    -o Dir::Etc::sourceparts=- \
    -o Dir::Etc::preferences=- \
    -o Dir::Etc::preferencesparts=- \
    -o Dir::State::lists="$work/sid/lists" \
    -o Dir::State::status="$work/sid/status" \
    -o Dir::State::extended_states="$work/sid/extended_states" \
    -o Dir::Cache::archives="$work/sid/archives" \
    -o Dir::Cache::pkgcache= \
    -o Dir::Cache::srcpkgcache= \
    -o Dpkg::Use-Pty=0 \
    "$@"
}

# Runs a command and shows what it said only if it failed.
quietly() {
  "$@" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail "failed: $*"
  }
}

# Keeps apt from starting services while it installs.
forbid_services() {
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$work/policy-rc.d"
    policy_is_ours=yes
    as_root install -m 755 "$work/policy-rc.d" "$policy"
  fi
}

install_python_engines() {
  say "Python engines: $engines/venv"
  rm -rf "$engines/venv" "$engines/sigma-home" "$engines/installed.txt"
  mkdir -p "$engines"
  python3 -m venv "$engines/venv"
  local pip="$engines/venv/bin/pip"
  "$pip" install --quiet --disable-pip-version-check --no-deps -r "$requirements"
  "$pip" check >/dev/null || fail 'the pinned Python packages do not fit together'
  "$pip" install --quiet --disable-pip-version-check --no-deps --no-compile --target "$work/tables" "$tables"
  HOME="$engines/sigma-home" "$engines/venv/bin/python" "$root/scripts/sigma-offline-data.py" "$work/tables"
  # Written last: it says that everything above is there.
  cp "$requirements" "$engines/installed.txt"
}

main() {
  local packages
  mapfile -t packages < <(missing_packages)
  if [[ ${#packages[@]} -gt 0 ]]; then install_packages "${packages[@]}"; fi
  has_suricata_8 || install_suricata_8
  if ! cmp -s "$requirements" "$engines/installed.txt"; then install_python_engines; fi
  say 'everything is there'
}

main
