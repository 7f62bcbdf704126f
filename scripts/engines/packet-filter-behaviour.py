"""Sends packets through the rules of nftables or iptables and tells which arrive, and which are counted.

Builds a router in the network namespace it runs in, with a cable to a local network and one to
the rest of the world. This program holds the far ends of both. The packets that do not even arrive
without the rules, such as those to 127.0.0.1, are told apart from those that the rules drop.

Must run in a namespace of its own: unshare -n (root) or unshare -rn (others).
Usage: packet-filter-behaviour.py FOLDER
Reads FOLDER/packets.json, writes FOLDER/answers.json. The shapes of both are in
compiler/prove/engines/packet-filters/packet-filter-behaviour.ts.
"""

import json
import os
import re
import socket
import struct
import time
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import count
from pathlib import Path

from namespace import Unusable, refuse_network, run, with_folder

# The router's end of each cable, the far end, and the far end's hardware address.
CABLES = {
    "lan": ("lan0", "lan1", b"\x02\x00\x00\x00\x01\x00", b"\x02\x00\x00\x00\x01\x01"),
    "world": ("world0", "world1", b"\x02\x00\x00\x00\x02\x00", b"\x02\x00\x00\x00\x02\x01"),
}
# Hosts that take part: the router, one of its network, and one of the world that nobody lists. The
# first are for benchmarks (RFC 2544, RFC 5180); the next ones are for those who list these.
HOSTS = {
    4: [
        ("198.18.0.1", "198.18.0.2", "198.19.0.1"),
        ("100.64.0.1", "100.64.0.2", "100.127.0.1"),
        ("11.0.0.1", "11.0.0.2", "12.0.0.1"),
    ],
    6: [
        ("2001:2::1", "2001:2::2", "2001:2:0:1::1"),
        ("fd00::1", "fd00::2", "fd01::1"),
        ("2a00::1", "2a00::2", "2b00::1"),
    ],
}
DIRECTIONS = ["output", "input", "forward out", "forward in"]
TCP, UDP = socket.IPPROTO_TCP, socket.IPPROTO_UDP
FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}
ETH_P_ALL, ETHERTYPES = 0x0003, {4: 0x0800, 6: 0x86DD}
# Marks our packets, so that answers of the kernel are not taken for them.
MARK = 0x52464E47
# Makes nftables tell the rules that packets match, from the first chain they meet.
TRACE_TABLE = "refang_behaviour_trace"
TRACE = f"""
table inet {TRACE_TABLE} {{
  chain prerouting {{
    type filter hook prerouting priority -2147483648
    iifname {{ {", ".join(near for near, *_ in CABLES.values())} }} meta nftrace set 1
  }}
  chain output {{
    type filter hook output priority -2147483648
    meta nftrace set 1
  }}
}}
"""

# linux/netfilter/nf_tables.h and nfnetlink.h
NETLINK_NETFILTER = 12
SOL_NETLINK, NETLINK_ADD_MEMBERSHIP = 270, 1
NFNLGRP_NFTRACE = 9
NFT_MSG_TRACE = 10 << 8 | 17
TRACE_TABLE_NAME, TRACE_CHAIN, TRACE_HANDLE, TRACE_ID = 1, 2, 3, 6
TRACE_NETWORK, TRACE_TRANSPORT, TRACE_FAMILY = 8, 9, 15
# Families of packets, as nftables names them.
FAMILY_NAMES = {2: "ip", 10: "ip6"}


@dataclass(frozen=True)
class Packet:
    number: int
    direction: str
    protocol: int
    source: str
    source_port: int
    destination: str
    destination_port: int

    @property
    def version(self):
        return ip_address(self.source).version

    def bytes(self):
        source, destination = ip_address(self.source).packed, ip_address(self.destination).packed
        body = self.segment(source + destination)
        if self.version == 6:
            return struct.pack("!IHBB", 6 << 28, len(body), self.protocol, 64) + source + destination + body
        head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0x4000, 64, self.protocol, 0)
        head += source + destination
        return head[:10] + checksum(head) + head[12:] + body

    def segment(self, addresses):
        """A TCP SYN or a UDP datagram, which holds the packet's number in its first 20 bytes."""
        ports = struct.pack("!HH", self.source_port, self.destination_port)
        if self.protocol == TCP:
            at, body = 16, ports + struct.pack("!IIBBHHH", self.number, MARK, 5 << 4, 2, 65535, 0, 0)
        else:
            at, body = 6, ports + struct.pack("!HHII", 16, 0, self.number, MARK)
        total = checksum(addresses + struct.pack("!II", len(body), self.protocol) + body)
        return body[:at] + total + body[at + 2 :]


def checksum(data):
    """RFC 1071."""
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return struct.pack("!H", ~total & 0xFFFF or 0xFFFF)


def number_in(protocol, segment):
    """The number of one of our packets; None for any other."""
    if protocol == TCP and len(segment) >= 12:
        number, mark = struct.unpack_from("!II", segment, 4)
    elif protocol == UDP and len(segment) >= 16:
        number, mark = struct.unpack_from("!II", segment, 8)
    else:
        return None
    return number if mark == MARK else None


def segment_of(packet):
    """Protocol and the rest of an IP packet without options."""
    if packet[:1] and packet[0] >> 4 == 6:
        return packet[6], packet[40:]
    return (packet[9], packet[20:]) if len(packet) >= 20 else (0, b"")


class Router:
    """The namespace's own network stack, and this program at the far ends of its cables."""

    def __init__(self, ip, hosts):
        build(ip, hosts)
        self.cables = {side: listen_to_cable(far) for side, (_, far, _, _) in CABLES.items()}
        self.local = {
            (version, protocol): listen(family, protocol)
            for version, family in FAMILIES.items()
            for protocol in (TCP, UDP)
        }
        self.raw = {
            version: socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_RAW)
            for version, family in FAMILIES.items()
        }
        self.raw[4].setsockopt(socket.IPPROTO_IP, socket.IP_HDRINCL, 1)
        self.trace = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
        self.trace.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.trace.bind((0, 0))
        self.trace.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, NFNLGRP_NFTRACE)
        self.trace.setblocking(False)
        # The rules that count or log.
        self.counting = set()
        # Numbers of packets.
        self.arrived = set()
        self.counted = set()
        # The number of the packet of each trace.
        self.traced = {}

    def send(self, packet):
        data = packet.bytes()
        if packet.direction == "output":
            try:
                self.raw[packet.version].sendto(data, (packet.destination, 0))
            except OSError:
                pass  # The kernel has no way there, or a rule says no: it does not arrive.
            return
        side = "lan" if packet.direction == "forward out" else "world"
        _, _, near, far = CABLES[side]
        frame = near + far + struct.pack("!H", ETHERTYPES[packet.version]) + data
        self.cables[side].send(frame)

    def receive(self):
        """Takes what has arrived and what was traced until now."""
        for side, cable in self.cables.items():
            for frame, address in drain(cable, with_address=True):
                if address[2] != socket.PACKET_OUTGOING:
                    self.arrive(*segment_of(frame[14:]))
        for (version, protocol), local in self.local.items():
            for data in drain(local):
                self.arrive(protocol, data[20:] if version == 4 else data)
        for data in drain(self.trace):
            for message in netlink_messages(data):
                self.follow(message)

    def arrive(self, protocol, segment):
        number = number_in(protocol, segment)
        if number is not None:
            self.arrived.add(number)

    def follow(self, attributes):
        """The first message of each chain has the packet, the others only its trace's id."""
        trace = attributes.get(TRACE_ID)
        if TRACE_TRANSPORT in attributes:
            protocol, _ = segment_of(attributes[TRACE_NETWORK])
            self.traced[trace] = number_in(protocol, attributes[TRACE_TRANSPORT])
        number = self.traced.get(trace)
        # The end of a chain and its policy are told as well, without a rule.
        if number is None or TRACE_HANDLE not in attributes:
            return
        (family,) = struct.unpack("!I", attributes[TRACE_FAMILY])
        (handle,) = struct.unpack("!Q", attributes[TRACE_HANDLE])
        names = (attributes[name] for name in (TRACE_TABLE_NAME, TRACE_CHAIN))
        table, chain = (name.rstrip(b"\0").decode() for name in names)
        if (FAMILY_NAMES[family], table, chain, handle) in self.counting:
            self.counted.add(number)

    def exchange(self, packets, last, patience=1):
        """Sends packets, then others that must arrive: what has not arrived before those never will.

        Answers whether those others arrived within `patience` seconds, and uncounted.
        """
        for packet in [*packets, *last]:
            self.send(packet)
            self.receive()
        waiting, deadline = {packet.number for packet in last}, time.monotonic() + patience
        while not waiting <= self.arrived and time.monotonic() < deadline:
            time.sleep(0.001)
            self.receive()
        return waiting <= self.arrived and waiting.isdisjoint(self.counted)


def build(ip, hosts):
    """Cables without addresses of their own; whatever the router does not know is out in the world."""
    commands = ["link set lo up"]
    for near, far, near_address, far_address in CABLES.values():
        near_address, far_address = near_address.hex(":"), far_address.hex(":")
        commands += [
            f"link add {near} address {near_address} type veth peer name {far} address {far_address}",
            # Without ARP, frames go to an address that is not the far end's: only we read them.
            f"link set {near} arp off up",
            f"link set {far} arp off up",
        ]
    run([ip, "-batch", "-"], "\n".join(commands))
    for name, value in {
        "ipv4/ip_forward": 1,
        "ipv4/conf/all/rp_filter": 0,
        "ipv6/conf/all/forwarding": 1,
        **{f"ipv4/conf/{near}/rp_filter": 0 for near, *_ in CABLES.values()},
        **{f"ipv6/conf/{near}/disable_ipv6": 0 for near, *_ in CABLES.values()},
        **{f"ipv6/conf/{far}/disable_ipv6": 1 for _, far, *_ in CABLES.values()},
    }.items():
        Path("/proc/sys/net", name).write_text(f"{value}\n")
    commands = []
    for version, candidates in hosts.items():
        for router, host, _ in candidates:
            commands.append(f"addr add {router} dev lo" + (" nodad" if version == 6 else ""))
            commands.append(f"route add {host} dev lan0")
    commands += [f"route add {everything} dev world0" for everything in ("0.0.0.0/0", "::/0")]
    run([ip, "-batch", "-"], "\n".join(commands))


def listen(family, protocol):
    listener = socket.socket(family, socket.SOCK_RAW, protocol)
    listener.setblocking(False)
    return listener


def listen_to_cable(device):
    """Takes nothing before it is bound to its cable."""
    listener = listen(socket.AF_PACKET, 0)
    listener.bind((device, ETH_P_ALL))
    return listener


def drain(source, with_address=False):
    while True:
        try:
            data, address = source.recvfrom(65536)
        except BlockingIOError:
            return
        yield (data, address) if with_address else data


def netlink_messages(data):
    """The attributes of each trace message."""
    while len(data) >= 16:
        length, kind = struct.unpack_from("=IH", data)
        if kind == NFT_MSG_TRACE:
            yield dict(netlink_attributes(data[20:length]))
        data = data[(length + 3) & ~3 :]


def netlink_attributes(data):
    while len(data) >= 4:
        length, kind = struct.unpack_from("=HH", data)
        yield kind & 0x3FFF, data[4:length]
        data = data[(length + 3) & ~3 :]


def packet_of(number, direction, protocol, theirs, hosts):
    """A packet between a host of the world, with its port, and the router or a host of its network."""
    router, host, _ = hosts
    ours = (router if direction in ("output", "input") else host, 1024 + number % 60000)
    source, destination = (theirs, ours) if direction in ("input", "forward in") else (ours, theirs)
    return Packet(number, direction, protocol, *source, *destination)


def controls(numbers, hosts):
    """Packets of hosts that nobody lists, one each way."""
    return [packet_of(next(numbers), direction, TCP, (hosts[2], 9), hosts) for direction in DIRECTIONS]


def unlisted_hosts(packets):
    """The hosts that no packet is about."""
    listed = {ip_address(packet["address"]) for packet in packets}
    return {
        version: [hosts for hosts in candidates if listed.isdisjoint(map(ip_address, hosts))]
        for version, candidates in HOSTS.items()
    }


def wait_until_up(router, numbers, candidates):
    """New cables take a moment until they carry anything."""
    deadline = time.monotonic() + 10
    for hosts, *_ in candidates.values():
        while not router.exchange([], controls(numbers, hosts), patience=0.05):
            if time.monotonic() > deadline:
                raise Unusable("packets do not arrive, even without rules")


def choose_hosts(router, numbers, candidates):
    """The first hosts of each version whose packets all arrive and are not counted."""
    chosen = {}
    for version, some in candidates.items():
        fit = (hosts for hosts in some if router.exchange([], controls(numbers, hosts)))
        chosen[version] = next(fit, None)
        if chosen[version] is None:
            raise Unusable(f"the rules leave no IPv{version} address alone")
    return chosen


def show(router, numbers, packets, candidates):
    """Sends all packets, a few at a time. Answers with the numbers of those that arrived."""
    router.arrived.clear()
    hosts = choose_hosts(router, numbers, candidates)
    last = [packet for some in hosts.values() for packet in controls(numbers, some)]
    for start in range(0, len(packets), 64):
        some = [packet_from(given, hosts) for given in packets[start : start + 64]]
        router.arrived.difference_update(packet.number for packet in last)
        if not router.exchange(some, last):
            raise Unusable("the rules do not treat the same packet alike each time")
    return sorted(number for number in router.arrived if number < len(packets))


def packet_from(given, hosts):
    version = ip_address(given["address"]).version
    protocol = TCP if given["protocol"] == "TCP" else UDP
    theirs = (given["address"], given["port"])
    return packet_of(given["number"], given["direction"], protocol, theirs, hosts[version])


def counting(rule, all_count):
    """The names a trace gives a rule that counts or logs; none for other rules.

    Where all rules count, those do not that only send packets on to another chain.
    """
    statements = {name for statement in rule["expr"] for name in statement}
    if statements.isdisjoint({"counter", "log"}) or (all_count and statements & {"jump", "goto"}):
        return []
    families = [rule["family"]] if rule["family"] in ("ip", "ip6") else ["ip", "ip6"]
    return [(family, rule["table"], rule["chain"], rule["handle"]) for family in families]


def drops(given):
    """Whether a part of a rule set can drop packets. Verdicts also stand in maps: any place in it tells."""
    return given.get("chain", {}).get("policy") == "drop" or bool(
        re.search(r'"(drop|reject)":', json.dumps(given))
    )


def main(folder):
    # Packets that are sent from one processor stay in their order.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    given = json.loads((folder / "packets.json").read_text())
    nft, packets = given["nft"], given["packets"]
    refuse_network(given["ip"])
    candidates = unlisted_hosts(packets)
    router, numbers = Router(given["ip"], candidates), count(len(packets))
    wait_until_up(router, numbers, candidates)
    unfiltered = show(router, numbers, packets, candidates)
    for file in given["files"]:
        run([*given["load"], file])
    ruleset = json.loads(run([nft, "-j", "-a", "list", "ruleset"]))["nftables"]
    rules = [listed["rule"] for listed in ruleset if "rule" in listed]
    router.counting = {name for rule in rules for name in counting(rule, given["allCount"])}
    run([nft, "-f", "-"], TRACE)
    filtered = show(router, numbers, packets, candidates)
    answers = {
        "unfiltered": unfiltered,
        "filtered": filtered,
        "counted": sorted(number for number in router.counted if number < len(packets)),
        "drops": any(map(drops, ruleset)),
        "counts": bool(router.counting),
    }
    (folder / "answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    with_folder(main)
