"""What the scripts share that show something to rules in a network namespace of their own."""

import json
import subprocess
import sys
from pathlib import Path


class Unusable(Exception):
    """The machine, or what the rules do to what nobody lists, does not let us tell anything."""


def run(command, given=""):
    finished = subprocess.run(command, input=given, capture_output=True, text=True)
    if finished.returncode != 0:
        # The first line says what is wrong, the others where.
        said = finished.stderr.strip().split("\n")[0]
        raise Unusable(said or f"{command[0]} failed")
    return finished.stdout


def refuse_network(ip):
    """In a new namespace nothing is up. Elsewhere, what is shown might leave the machine, or change it."""
    if any("UP" in link["flags"] for link in json.loads(run([ip, "-j", "link"]))):
        raise Unusable("a network is up here: run this in a network namespace of its own")


def start_loopback(ip):
    refuse_network(ip)
    run([ip, "link", "set", "lo", "up"])


def with_folder(main):
    """Runs `main` with the folder that the command line names."""
    try:
        main(Path(sys.argv[1]).resolve())
    except (Unusable, OSError) as error:
        sys.exit(str(error))
