"""Runs the patterns of STIX bundles over observed data and tells which indicators match.

Usage: stix-behaviour.py FOLDER
Reads FOLDER/observed.json, writes FOLDER/answers.json. The shapes of both are in compiler/prove/engines/stix/stix-behaviour.ts.
"""

import json
import sys
from ipaddress import ip_network
from pathlib import Path

from stix2matcher import matcher

WHEN = "2020-01-01T00:00:00.000Z"


def is_in_network(address, network):
    """The matcher's own reads IPv4 alone."""
    inner, outer = ip_network(address, strict=False), ip_network(network, strict=False)
    return inner.version == outer.version and inner.subnet_of(outer)


matcher._ip_or_cidr_in_subnet = is_in_network


def types_of(pattern):
    return set(pattern.inspect().comparisons)


def observation(objects):
    """A bundle of observed data, as the matcher wants it."""
    seen = {
        "type": "observed-data",
        "spec_version": "2.1",
        "id": "observed-data--00000000-0000-4000-8000-000000000000",
        "created": WHEN,
        "modified": WHEN,
        "first_observed": WHEN,
        "last_observed": WHEN,
        "number_observed": 1,
        "object_refs": [thing["id"] for thing in objects],
    }
    return {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": [seen, *objects]}


def main(folder):
    asked = json.loads((folder / "observed.json").read_text(encoding="utf-8"))
    indicators = [
        thing
        for bundle in asked["bundles"]
        for thing in bundle["objects"]
        if thing["type"] == "indicator" and not thing.get("revoked")
    ]
    patterns = [(one["id"], matcher.Pattern(one["pattern"], "2.1")) for one in indicators]
    patterns = [(id, pattern, types_of(pattern)) for id, pattern in patterns]
    hits = []
    for objects in asked["observed"]:
        types = {thing["type"] for thing in objects}
        bundle = observation(objects)
        # A pattern about other things cannot match.
        hits.append([id for id, pattern, about in patterns if about & types and pattern.match([bundle])])
    answers = {"rules": [id for id, _, _ in patterns], "hits": hits}
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")


main(Path(sys.argv[1]))
