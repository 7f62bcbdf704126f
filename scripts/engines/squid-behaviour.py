"""Asks a Squid for the requests of some cases and tells which it lets through.

Starts Squid on the loopback device of the network namespace it runs in. Whatever it lets through
goes to this program, which is the only proxy above it and answers every request. This program is
its name server too: every name has one address, but one that is made up for a listed address has
that one.

Must run in a namespace of its own: unshare -n (root) or unshare -rn (others).
Usage: squid-behaviour.py FOLDER
Reads FOLDER/requests.json, writes FOLDER/answers.json; Squid runs in FOLDER. The shapes of both are
in compiler/prove/engines/squid/squid-behaviour.ts.
"""

import asyncio
import json
import os
import socket
import struct
import subprocess
import time
from pathlib import Path

from namespace import Unusable, start_loopback, with_folder

# What every name has: an address for benchmarks (RFC 2544).
ADDRESS = socket.inet_aton("198.18.53.53")
A, AAAA = 1, 28
# A name that nobody lists: its answer shows that Squid works.
CONTROL = {"method": "GET", "target": "http://control.refang-proof.example/"}
AT_ONCE = 16
# Seconds until Squid has to answer.
PATIENCE = 20


class NameServer(asyncio.DatagramProtocol):
    """Gives `a-HEX.…` the address of those digits, and every other name the same one."""

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, asked, sender):
        end = 12
        while asked[end]:
            end += asked[end] + 1
        (kind,) = struct.unpack_from("!H", asked, end + 1)
        label = asked[13 : 13 + asked[12]].lower()
        address = bytes.fromhex(label[2:].decode()) if label.startswith(b"a-") else ADDRESS
        found = kind == {4: A, 16: AAAA}[len(address)]
        head = asked[:2] + struct.pack("!5H", 0x8180, 1, 1 if found else 0, 0, 0)
        record = struct.pack("!3HIH", 0xC00C, kind, 1, 60, len(address)) + address if found else b""
        self.transport.sendto(head + asked[12 : end + 5] + record, sender)


async def answer_everything(reader, writer):
    """The proxy above Squid."""
    try:
        while True:
            asked = await reader.readuntil(b"\r\n\r\n")
            tunnel = asked.startswith(b"CONNECT ")
            writer.write(b"HTTP/1.1 200 OK\r\n" + (b"" if tunnel else b"Content-Length: 0\r\n") + b"\r\n")
            if tunnel:
                break
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


def request(number, asked):
    method, target = asked["method"], asked["target"]
    host = target if method == "CONNECT" else target.split("/")[2].rpartition("@")[2]
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", f"X-Refang-Request: {number}", "Connection: close"]
    if "agent" in asked:
        lines.append(f"User-Agent: {asked['agent']}")
    return "\r\n".join([*lines, "", ""]).encode()


async def ask(port, number, asked):
    """`through`, `denied`, or what else Squid says."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request(number, asked))
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
    except (asyncio.IncompleteReadError, ConnectionError):
        return "nothing"
    finally:
        writer.close()
    status = head.split(b" ", 2)[1]
    if status == b"403" and b"ERR_ACCESS_DENIED" in head:
        return "denied"
    return "through" if status == b"200" else status.decode()


async def wait_until_up(port, squid, said):
    deadline = time.monotonic() + 60
    while True:
        try:
            answer = await ask(port, "control", CONTROL)
            break
        except OSError:
            if squid.poll() is not None:
                fatal = [line for line in said.read_text(errors="replace").split("\n") if "FATAL" in line]
                raise Unusable(f"Squid does not start: {(fatal or ['it says nothing'])[-1]}") from None
            if time.monotonic() > deadline:
                raise Unusable("Squid does not answer") from None
            await asyncio.sleep(0.02)
    if answer != "through":
        raise Unusable("Squid denies what nobody lists")


async def show(given, squid, said):
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(NameServer, local_addr=("127.0.0.1", 53))
    above = await asyncio.start_server(answer_everything, "127.0.0.1", given["parentPort"])
    port, turns = given["squidPort"], asyncio.Semaphore(AT_ONCE)

    async def in_turn(number, asked):
        async with turns:
            return await ask(port, number, asked)

    await wait_until_up(port, squid, said)
    answers = await asyncio.gather(*(in_turn(number, asked) for number, asked in enumerate(given["requests"])))
    above.close()
    await wait_for_log(given["accessLog"], len(answers))
    return answers


async def wait_for_log(path, requests):
    """Squid logs a request when its connection ends, soon after the answer."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        logged = sum(line[:1].isdigit() for line in path.read_bytes().split(b"\n"))
        if logged >= requests:
            return
        await asyncio.sleep(0.02)
    raise Unusable("Squid does not log all requests")


def main(folder):
    given = json.loads((folder / "requests.json").read_text())
    start_loopback(given["ip"])
    given["accessLog"] = folder / "access.log"
    said = folder / "squid.log"
    # Its shared memory is named like it; several may run at once.
    name = f"refang{os.getpid()}"
    command = [*given["command"], "-n", name]
    with said.open("wb") as log:
        squid = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        answers = asyncio.run(show(given, squid, said))
    finally:
        # Asked to end, it takes seconds. What it would tidy up is done here.
        squid.kill()
        squid.wait()
        for memory in Path("/dev/shm").glob(f"{name}-*"):
            memory.unlink()
    (folder / "answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    with_folder(main)
