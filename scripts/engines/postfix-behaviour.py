"""Offers mail to a Postfix SMTP server and tells what it takes, and what it warns of.

Starts smtpd, and trivial-rewrite that it asks, in the network namespace it runs in: in place of
Postfix's master, which needs root and a queue. Their log comes here as well. Every recipient that
no rule denies is put off in the end, so that no mail is ever taken.

Must run in a namespace of its own: unshare -n (root) or unshare -rn (others).
Usage: postfix-behaviour.py FOLDER
Reads FOLDER/mails.json, writes FOLDER/answers.json and FOLDER/smtpd.log; Postfix runs in FOLDER.
The shapes of both are in compiler/prove/engines/postfix/postfix-behaviour.ts.
"""

import json
import os
import pwd
import socket
import subprocess
from pathlib import Path

from namespace import Unusable, start_loopback, with_folder

HERE = "127.0.0.1"
# Who takes part in a mail that is about something else, and of which nobody lists anything.
CONTROL = {"sender": "sender@control.refang-proof.example", "recipient": "recipient@control.refang-proof.example"}
# The descriptors that Postfix's master gives its children: two of a pipe for flow control, one to tell
# their status, one to listen at.
FLOW_READ, FLOW_WRITE, STATUS, LISTEN = 3, 4, 5, 6
PATIENCE = 20


class Service:
    """A program of Postfix, as its master would run it."""

    def __init__(self, given, folder, program, name, listener):
        self.status, told = socket.socketpair()
        self.status.setblocking(False)
        read, write = os.pipe()
        wanted = {FLOW_READ: read, FLOW_WRITE: write, STATUS: told.fileno(), LISTEN: listener.fileno()}
        # High numbers first, so that none is overwritten before it is copied.
        copies = {number: os.dup2(source, 100 + number) for number, source in wanted.items()}
        family = "unix" if listener.family == socket.AF_UNIX else "inet"
        # Postfix wants to be the owner of its mail, who may not read the folder: this gives its number to who we are.
        owner = pwd.getpwnam(given["owner"])
        command = [given["unshare"], "--user", f"--map-user={owner.pw_uid}", f"--map-group={owner.pw_gid}"]
        command += [f"{given['daemons']}/{program}", "-n", name, "-t", family, "-s", "1"]

        def take_descriptors():
            for number, source in copies.items():
                os.dup2(source, number)

        environment = {
            "MAIL_CONFIG": str(folder / "config"),
            "POSTLOG_SERVICE": "public/postlog",
            "POSTLOG_HOSTNAME": "refang-proof",
            "GENERATION": "1",
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        }
        self.process = subprocess.Popen(
            command,
            cwd=folder / "queue",
            env=environment,
            stdin=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=take_descriptors,
        )
        for descriptor in [*copies.values(), read, write]:
            os.close(descriptor)
        told.close()

    def read_status(self):
        """Nobody wants to know; but they wait while it is not read."""
        try:
            while self.status.recv(65536):
                pass
        except BlockingIOError:
            pass

    def stop(self):
        self.process.kill()
        self.process.wait()


class Log:
    """What Postfix's programs log; they send it before they answer."""

    def __init__(self, folder):
        self.lines = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("queue/public/postlog")
        self.socket.setblocking(False)
        self.file = (folder / "smtpd.log").open("w")

    def new_lines(self):
        lines = []
        try:
            while True:
                lines.append(self.socket.recv(65536).decode(errors="replace"))
        except BlockingIOError:
            self.file.writelines(f"{line}\n" for line in lines)
            self.lines += lines
            return lines

    def reason(self):
        """What went wrong, as far as it is logged."""
        self.new_lines()
        told = [line for line in self.lines if "fatal:" in line] or [line for line in self.lines if "warning:" in line]
        return told[-1].partition("]: ")[2] if told else "it does not say why"


class Client:
    """One session of SMTP, in which the client's address changes by XCLIENT."""

    def __init__(self, port, services, log):
        self.services, self.log = services, log
        self.socket = socket.create_connection((HERE, port), timeout=PATIENCE)
        self.file = self.socket.makefile("rb")
        self.address = HERE
        self.expect(self.reply(), "220")
        self.expect(self.say("EHLO client.refang-proof.example"), "250")

    def reply(self):
        while True:
            line = self.file.readline().decode(errors="replace").rstrip()
            if line[3:4] != "-":
                break
        for service in self.services:
            service.read_status()
        if line == "":
            raise ConnectionError
        return line

    def say(self, text):
        self.socket.sendall(f"{text}\r\n".encode())
        return self.reply()

    def expect(self, reply, code):
        if not reply.startswith(code):
            raise Unusable(f"Postfix does not answer with {code} but {reply}: {self.log.reason()}")

    def offer(self, mail):
        """`denied` or `through`, with `warned`; nothing where Postfix does not take such an address at all."""
        if mail.get("client", HERE) != self.address:
            self.address = mail.get("client", HERE)
            written = f"IPV6:{self.address}" if ":" in self.address else self.address
            self.expect(self.say(f"XCLIENT ADDR={written} NAME=[UNAVAILABLE]"), "220")
            self.expect(self.say("EHLO client.refang-proof.example"), "250")
        self.log.new_lines()
        replies = [self.say(f"MAIL FROM:<{mail['sender']}>")]
        if replies[0].startswith("250"):
            replies.append(self.say(f"RCPT TO:<{mail['recipient']}>"))
            self.expect(self.say("RSET"), "250")
        warned = any(": warn: " in line for line in self.log.new_lines())
        if "refang-through" in replies[-1]:
            return "warned" if warned else "through"
        if replies[-1].startswith("501"):
            return "nothing"
        # `$access_map_reject_code`
        self.expect(replies[-1], "554")
        return "denied"


def listen(family, address):
    listener = socket.socket(family)
    listener.bind(address)
    listener.listen(16)
    return listener


def main(folder):
    given = json.loads((folder / "mails.json").read_text())
    start_loopback(given["ip"])
    # Paths of sockets are short, those of folders need not be.
    os.chdir(folder)
    for path in ["queue/pid/lock", "queue/public/postlog", "queue/private/rewrite"]:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).unlink(missing_ok=True)
    log = Log(folder)
    rewrite = listen(socket.AF_UNIX, "queue/private/rewrite")
    smtp = listen(socket.AF_INET, (HERE, given["port"]))
    services = [
        Service(given, folder, "trivial-rewrite", "rewrite", rewrite),
        Service(given, folder, "smtpd", "smtp", smtp),
    ]
    # Theirs alone now: where they end, so do their connections.
    rewrite.close()
    smtp.close()
    try:
        client = Client(given["port"], services, log)
        if (said := client.offer(CONTROL)) != "through":
            raise Unusable(f"Postfix does not let mail through that nobody lists: {said}")
        answers = [client.offer(CONTROL | mail) for mail in given["mails"]]
    except (TimeoutError, ConnectionError):
        raise Unusable(f"Postfix does not answer: {log.reason()}") from None
    finally:
        for service in services:
            service.stop()
    (folder / "answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    with_folder(main)
