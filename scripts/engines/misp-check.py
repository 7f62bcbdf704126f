"""Checks a MISP feed: the events as PyMISP takes them, the index and the hashes as PyMISP makes them of the events.

Usage: misp-check.py FILE…
The files of one folder are a feed: manifest.json, hashes.csv and an event in each other JSON file. Without the first two,
only the events are checked. Writes a JSON list of problems to standard output: {file, message, severity}.
"""

import json
import logging
import sys
from collections import Counter
from pathlib import Path

import jsonschema
import pymisp
from pymisp import MISPEvent, PyMISPError

DATA = Path(pymisp.__file__).parent / "data"
SCHEMA = json.loads((DATA / "schema.json").read_text(encoding="utf-8"))
TYPES = json.loads((DATA / "describeTypes.json").read_text(encoding="utf-8"))["result"]

# PyMISP's schema is older than these.
for name in ("first_seen", "last_seen"):
    SCHEMA["defs"]["attribute"]["properties"][name] = {"type": "string"}

# Each attribute compared with each other takes minutes; that their uuids differ is looked at below.
del SCHEMA["defs"]["event"]["properties"]["Attribute"]["uniqueItems"]

# What PyMISP adds where it is not said.
DEFAULTS = {"local": False, "relationship_type": "", "extends_uuid": "", "protected": False}


def attribute_problems(attribute):
    """PyMISP puts an unknown category right without a word, so it is looked up here."""
    kind, category = attribute["type"], attribute["category"]
    if kind not in TYPES["types"]:
        yield f"there is no type '{kind}'"
    elif kind not in TYPES["category_type_mappings"].get(category, []):
        yield f"the type '{kind}' is not of the category '{category}'"
    elif "|" in kind and attribute["value"].count("|") != 1:
        yield f"a value of the type '{kind}' has two parts: {attribute['value']}"
    # In one spelling, so that their order is that of their text.
    if attribute.get("last_seen", "~") < attribute.get("first_seen", ""):
        yield f"last_seen is before first_seen: {attribute['last_seen']}"


def without_defaults(thing):
    if isinstance(thing, dict):
        return {
            name: without_defaults(value) for name, value in thing.items() if DEFAULTS.get(name, thing) != value
        }
    return [without_defaults(one) for one in thing] if isinstance(thing, list) else thing


def load(file, report):
    """The event in a file, or None where something is wrong with it."""
    try:
        written = json.loads(Path(file).read_text(encoding="utf-8"))
        jsonschema.Draft4Validator(SCHEMA).validate(written)
        problems = list(event_problems(written["Event"]))
        if not problems:
            event = MISPEvent(strict_validation=True)
            event.load(json.dumps(written))
            made = without_defaults(event.to_feed())
            if made == written:
                return event
            problems.append(f"PyMISP writes it otherwise: {difference(written['Event'], made['Event'])}")
    except jsonschema.ValidationError as error:
        problems = [error.message]
    except (ValueError, LookupError, PyMISPError) as error:
        problems = [f"{type(error).__name__}: {error}"]
    for problem in problems:
        report(file, problem)
    return None


def event_problems(event):
    attributes = event.get("Attribute", [])
    uuids = [event.get("uuid"), *(attribute.get("uuid") for attribute in attributes)]
    for uuid, times in Counter(uuids).items():
        if times > 1:
            yield f"the uuid {uuid} is there {times} times"
    for attribute in attributes:
        yield from (f"{attribute.get('uuid')}: {problem}" for problem in attribute_problems(attribute))


def difference(ours, theirs):
    """The names of what differs, one below another."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in sorted({*ours, *theirs}):
            if ours.get(name) != theirs.get(name):
                return f"{name}.{difference(ours.get(name), theirs.get(name))}"
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for at, (one, other) in enumerate(zip(ours, theirs)):
            if one != other:
                return f"{at}.{difference(one, other)}"
    return f"{ours!r}, {theirs!r}"


def check_manifest(file, events, report):
    written = json.loads(Path(file).read_text(encoding="utf-8"))
    made = {}
    for path, event in events:
        if Path(path).stem != event.uuid:
            report(path, f"the file of the event {event.uuid} has another name")
        made.update(event.manifest)
    made = json.loads(json.dumps(without_defaults(made)))
    for uuid in sorted({*written, *made}):
        # PyMISP has numbers where feeds of MISP itself have texts; MISP reads both.
        ours, theirs = as_texts(written.get(uuid)), as_texts(made.get(uuid))
        if ours != theirs:
            report(file, f"{uuid} is not what PyMISP makes of the event: {difference(ours, theirs)}")


def as_texts(thing):
    if isinstance(thing, dict):
        return {name: as_texts(value) for name, value in thing.items()}
    if isinstance(thing, list):
        return [as_texts(one) for one in thing]
    return str(thing) if isinstance(thing, int) else thing


def check_hashes(file, events, report):
    written = Path(file).read_text(encoding="utf-8").splitlines()
    made = {
        f"{digest},{event.uuid}"
        for _, event in events
        for attribute in event.attributes
        if not getattr(attribute, "deleted", False)
        for digest in attribute.hash_values("md5")
    }
    for line in sorted({*written} - made):
        report(file, f"no value has the hash {line}")
    for line in sorted(made - {*written}):
        report(file, f"the hash of a value is missing: {line}")


def check_feed(files, report):
    index = {Path(file).name: file for file in files if Path(file).name in ("manifest.json", "hashes.csv")}
    loaded = [(file, load(file, report)) for file in files if file not in index.values()]
    events = [(file, event) for file, event in loaded if event is not None]
    if len(events) < len(loaded):
        # The index of events that cannot be read says nothing.
        return
    if "manifest.json" in index:
        check_manifest(index["manifest.json"], events, report)
    if "hashes.csv" in index:
        check_hashes(index["hashes.csv"], events, report)


def main(files):
    logging.disable()
    problems = []

    def report(file, message):
        problems.append({"file": file, "message": message, "severity": "error"})

    for folder in sorted({Path(file).parent for file in files}):
        check_feed([file for file in files if Path(file).parent == folder], report)
    json.dump(problems, sys.stdout)


main(sys.argv[1:])
