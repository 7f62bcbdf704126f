"""Checks a DSSE envelope (first argument) with a public key in PEM (second); prints its payload."""

import json
import sys

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

with open(sys.argv[1], encoding="utf-8") as file:
    data = json.load(file)
with open(sys.argv[2], "rb") as file:
    public = load_pem_public_key(file.read())
key = SSlibKey.from_crypto(public, keyid=data["signatures"][0]["keyid"])
envelope = Envelope.from_dict(data)
envelope.verify([key], 1)
sys.stdout.write(envelope.payload.decode("utf-8"))
