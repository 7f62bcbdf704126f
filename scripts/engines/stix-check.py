"""Checks STIX 2.1 bundles: the JSON schemas of OASIS, the checks of stix2-validator, and what refers to what.

Usage: stix-check.py FILE…
Writes a JSON list of problems to standard output: {file, message, severity}.
"""

import json
import sys

from stix2validator import ValidationOptions, validate_file

# 103 wants random UUIDs: then no two builds were the same. 302 wants the hash of what an address leads to.
SPARED = ["103", "302"]

OPTIONS = ValidationOptions(
    version="2.1", strict=True, strict_types=True, strict_properties=True, disabled=",".join(SPARED)
)


def schema_problems(file):
    results = validate_file(file, OPTIONS)
    if results.fatal:
        yield results.fatal.error
    for result in results.object_results:
        yield from (f"{error}" for error in result.errors)
        yield from (f"{warning}" for warning in result.warnings or [])


def references_of(thing):
    """All identifiers that an object refers to by a property."""
    for name, value in thing.items():
        if name.endswith("_ref"):
            yield name, value
        elif name.endswith("_refs"):
            yield from ((name, one) for one in value)


def reference_problems(file):
    """The validator looks at each object alone; a bundle has to hold what its objects refer to, and each once."""
    with open(file, encoding="utf-8") as stream:
        objects = json.load(stream).get("objects", [])
    known = set()
    for thing in objects:
        if thing["id"] in known:
            yield f"{thing['id']} is there twice"
        known.add(thing["id"])
    for thing in objects:
        for name, reference in references_of(thing):
            if reference not in known:
                yield f"{thing['id']}: '{name}' refers to {reference}, which is not in the bundle"


def problems_of(file):
    found = list(schema_problems(file))
    # What is no bundle at all has no references to look at.
    return found or list(reference_problems(file))


def main(files):
    problems = [
        {"file": file, "message": message, "severity": "error"} for file in files for message in problems_of(file)
    ]
    json.dump(problems, sys.stdout)


main(sys.argv[1:])
