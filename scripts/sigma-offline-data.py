"""Gives pySigma its ATT&CK and D3FEND tables, so that it never asks the network.

pySigma 1.x downloads these tables when a rule has a tag, and keeps them in a cache in the user's
home. pySigma 0.11.23 was the last version with the tables inside (ATT&CK 17.0, D3FEND 0.16.0). This
script reads them from there and writes them where pySigma 1.x keeps its download.

Usage: sigma-offline-data.py FOLDER, where FOLDER holds pySigma 0.11.23 unpacked. The cache goes to
$HOME/.cache/pysigma, as always with pySigma: set HOME to choose the place.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from sigma.data import mitre_attack, mitre_d3fend


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is not a Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tables(module: ModuleType) -> dict[str, object]:
    return {name: value for name, value in vars(module).items() if name.startswith("mitre_")}


old = Path(sys.argv[1]) / "sigma" / "data"
# The old version had no tables of data sources and mitigations.
none = {"mitre_attack_datasources": {}, "mitre_attack_mitigations": {}}
mitre_attack._get_cache().set("mitre_attack_data", none | tables(load(old / "mitre_attack.py")))
mitre_d3fend._get_cache().set("mitre_d3fend_data", tables(load(old / "mitre_d3fend.py")))
