"""Asks a resolver for names and tells which of them it lets through.

Starts the resolver on the loopback device of the network namespace it runs in, with this program
as the only server it can ask. That server gives every name the same two addresses, and a name that
is made up to lead to a listed address that one: a name that does not get its own is withheld by the
resolver itself.

Must run in a namespace of its own: unshare -n (root) or unshare -rn (others).
Usage: resolver-behaviour.py FOLDER
Reads FOLDER/queries.json, writes FOLDER/answers.json; the resolver runs in FOLDER. The shapes of
both are in compiler/prove/engines/resolvers/resolver-behaviour.ts.
"""

import json
import select
import socket
import struct
import subprocess
import time

from namespace import Unusable, start_loopback, with_folder

# What every name has, for this program's server: addresses for benchmarks (RFC 2544, RFC 5180).
ADDRESSES = {
    1: socket.inet_pton(socket.AF_INET, "198.18.53.53"),
    28: socket.inet_pton(socket.AF_INET6, "2001:2::5353"),
}
TYPES = {"A": 1, "AAAA": 28}
# A name that nobody lists: its answers show that the resolver works.
CONTROL = "control.refang-proof.example"
BATCH = 64
# Seconds between what a resolver says of its rules and what it does by them, and between two rounds of queries.
SETTLING = 0.5
# How often it may answer otherwise than the round before.
MOST_ROUNDS = 10


def question(name, kind):
    labels = b"".join(bytes([len(label)]) + label for label in name.encode("ascii").split(b"."))
    return labels + b"\0" + struct.pack("!2H", TYPES[kind], 1)


def query(number, name, kind):
    return struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + question(name, kind)


def packed(address):
    return socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)


def answer(asked, led):
    """What the server says to a query: one address, or nothing where another type is asked for."""
    end = 12
    while asked[end]:
        end += asked[end] + 1
    (kind,) = struct.unpack_from("!H", asked, end + 1)
    address = led.get((asked[12:end].lower(), kind)) or ADDRESSES.get(kind)
    head = asked[:2] + struct.pack("!5H", 0x8180, 1, 1 if address else 0, 0, 0)
    record = struct.pack("!3HIH", 0xC00C, kind, 1, 0, len(address)) + address if address else b""
    return head + asked[12 : end + 5] + record


def lets_through(reply, kind, address=None):
    """Whether a reply holds the server's address for the name."""
    return reply[3] & 15 == 0 and (packed(address) if address else ADDRESSES[TYPES[kind]]) in reply


class Network:
    """The server that the resolver asks, and the client that asks the resolver."""

    def __init__(self, resolver_port, server_port):
        self.server = listen(("127.0.0.1", server_port))
        self.client = listen(("127.0.0.1", 0))
        self.client.connect(("127.0.0.1", resolver_port))
        # Whether the resolver has said anything to the control queries yet.
        self.replied = False
        # The addresses of names that are made up to lead to them, by name and type.
        self.led = {}

    def lead(self, queries):
        """Gives names the addresses that they are to lead to."""
        for name, kind, address in queries:
            if address:
                self.led[question(name, kind)[:-5].lower(), TYPES[kind]] = packed(address)

    def ask(self, queries, patience):
        """The replies to some queries, by their place, until none has come for `patience` seconds."""
        replies = {}
        for number, (name, kind) in queries.items():
            try:
                self.client.send(query(number, name, kind))
            except ConnectionError:
                pass  # Nobody listens yet; the last query is told of it.
        deadline = time.monotonic() + patience
        while len(replies) < len(queries) and (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([self.server, self.client], [], [], left)
            if self.server in ready:
                asked, sender = self.server.recvfrom(65536)
                self.server.sendto(answer(asked, self.led), sender)
            if self.client in ready and (reply := self.receive()) is not None:
                (number,) = struct.unpack_from("!H", reply)
                # Late replies are to queries of another batch.
                if number in queries and question(*queries[number]).lower() in reply.lower():
                    replies[number] = reply
            if ready:
                deadline = time.monotonic() + patience
        return replies

    def receive(self):
        try:
            return self.client.recv(65536)
        except ConnectionError:
            return None

    def works(self, patience):
        """Whether both addresses of a name that nobody lists come through."""
        queries = {65535: (CONTROL, "A"), 65534: (CONTROL, "AAAA")}
        replies = self.ask(queries, patience)
        self.replied = self.replied or bool(replies)
        return all(number in replies and lets_through(replies[number], queries[number][1]) for number in queries)


def listen(address):
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    listener.bind(address)
    return listener


def wait_until_up(network, resolver, said, ready):
    # It may take long to read its rules; once it says anything, it soon says what it means to.
    deadline = time.monotonic() + 60
    while True:
        works, has_read = network.works(patience=0.2), has_said(said, ready)
        if works and has_read:
            return
        if resolver.poll() is not None:
            lines = said.read_text(errors="replace").strip().split("\n")
            raise Unusable(f"the resolver does not start: {lines[-1]}")
        if network.replied and has_read:
            deadline = min(deadline, time.monotonic() + 2)
        if time.monotonic() > deadline:
            if not has_read:
                raise Unusable("the resolver does not say that it has read its rules")
            raise Unusable("the resolver withholds a name that nobody lists")
        time.sleep(0.02)


def has_said(said, ready):
    """Whether the log of a resolver that answers while it still reads its rules says that it has read them."""
    return not ready or all(text in said.read_text(errors="replace") for text in ready)


def show(network, queries):
    """The places of the queries that the resolver lets through."""
    through = []
    for start in range(0, len(queries), BATCH):
        batch = {at: (one["name"], one["type"]) for at, one in enumerate(queries[start : start + BATCH])}
        replies = network.ask(batch, patience=1)
        if missing := {at: one for at, one in batch.items() if at not in replies}:
            replies |= network.ask(missing, patience=1)
            # What is not answered is withheld, unless nothing is answered any more.
            if not network.works(patience=10):
                raise Unusable("the resolver stopped answering")
        through += [
            start + at
            for at, (_, kind) in batch.items()
            if at in replies and lets_through(replies[at], kind, queries[start + at].get("address"))
        ]
    return through


def show_settled(network, queries):
    """
    The same of a resolver that answers while it still reads its rules: once two rounds agree. On a busy
    machine BIND was seen to follow a rule only some moments after it had said that it had read it.
    """
    through = None
    for _ in range(MOST_ROUNDS):
        time.sleep(SETTLING)
        before, through = through, show(network, queries)
        if through == before:
            return through
    raise Unusable("the resolver says something else each time it is asked")


def main(folder):
    given = json.loads((folder / "queries.json").read_text())
    start_loopback(given["ip"])
    network = Network(given["resolverPort"], given["serverPort"])
    network.lead((one["name"], one["type"], one.get("address")) for one in given["queries"])
    said = folder / "resolver.log"
    with said.open("wb") as log:
        resolver = subprocess.Popen(given["command"], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        wait_until_up(network, resolver, said, given["ready"])
        through = (show_settled if given["ready"] else show)(network, given["queries"])
    finally:
        resolver.terminate()
        try:
            resolver.wait(timeout=20)
        except subprocess.TimeoutExpired:
            resolver.kill()
    (folder / "answers.json").write_text(json.dumps({"through": through}))


if __name__ == "__main__":
    with_folder(main)
