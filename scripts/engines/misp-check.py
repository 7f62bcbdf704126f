"""Checks a MISP feed: every event as PyMISP and its table of types take it, and the feed's index as PyMISP writes it.

Usage: misp-check.py FILE…
The files are those of one feed: manifest.json, hashes.csv and the events. Other JSON files are taken for events alone.
Writes a JSON list of problems to standard output: {file, message, severity}.
"""

import copy
import json
import sys
from pathlib import Path

import jsonschema
from pymisp import MISPAttribute, MISPEvent
from pymisp.mispevent import pymisp  # noqa: F401 (fails early where PyMISP is broken)
