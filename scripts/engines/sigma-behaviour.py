"""Shows events to Sigma rules and tells which rules fire.

pySigma's SQLite backend makes SQL of the rules, which runs over a table of events for each log
source. SQLite compares otherwise than the Sigma specification says: it knows letter case in ASCII
alone, and no networks. There, functions written here take its place. Every rule is also converted
for other products, to see that it can be.

Usage: sigma-behaviour.py FOLDER
Reads FOLDER/events.json, writes FOLDER/answers.json and, for people, FOLDER/rules.sql. The shapes
of the first two are in compiler/prove/engines/sigma/sigma-behaviour.ts.
"""

import json
import re
import sqlite3
import sys
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path

import yaml
from sigma.backends.elasticsearch import ESQLBackend, LuceneBackend
from sigma.backends.kusto import KustoBackend
from sigma.backends.loki import LogQLBackend
from sigma.backends.splunk import SplunkBackend
from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule
from sigma.exceptions import SigmaRuleLocation
from sigma.rule import SigmaLogSource, SigmaRule

PRODUCTS = {
    "Splunk": SplunkBackend,
    "Elasticsearch Lucene": LuceneBackend,
    "Elasticsearch ES|QL": ESQLBackend,
    "Kusto": KustoBackend,
    "Loki": LogQLBackend,
}

# The column with an event's number.
NUMBER = "event"


@dataclass
class Source:
    """A log source, and what is seen in it."""

    logsource: SigmaLogSource
    # The fields that can hold what an indicator names.
    telling: set[str]
    events: list[dict]


@dataclass
class Runnable:
    """A rule as SQL."""

    id: str
    logsource: SigmaLogSource
    reads: set[str]
    queries: list[str]


def main(folder: Path) -> None:
    request = json.loads((folder / "events.json").read_text(encoding="utf-8"))
    sources = [
        Source(
            SigmaLogSource(source["category"], source.get("product")),
            set(source["telling"]),
            source["events"],
        )
        for source in request["sources"]
    ]
    documents = [(Path(file["path"]), parse(file["path"], file["text"])) for file in request["files"]]
    rules = load(documents)
    columns = name_columns(rules, sources)
    runnable, unseen = make_sql(rules, sources, columns)
    hits = {}
    for source in sources:
        own = [rule for rule in runnable if source.logsource in rule.logsource]
        hits |= run(own, source, columns)
    answers = {
        "rules": [rule.id for rule in runnable],
        "unseen": unseen,
        "hits": [{"event": event, "rules": ids} for event, ids in hits.items()],
        "conversions": [convert_all(name, documents) for name in PRODUCTS],
    }
    write(folder / "answers.json", json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
    write(folder / "rules.sql", "\n".join(map(sql_text, runnable)))


# Rules


def parse(path: str, text: str) -> list:
    """The documents of a YAML file. Ends the program where it is none."""
    try:
        return list(yaml.load_all(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        sys.exit(f"{path}: {one_line(error)}")


def load(documents: list[tuple[Path, list]]) -> list[SigmaRule | SigmaCorrelationRule]:
    """The rules of all files, Sigma's filters applied. Ends the program where one does not load."""
    collections = []
    for path, rules in documents:
        try:
            collection = SigmaCollection.from_dicts(
                # It changes what it is given.
                deepcopy(rules),
                source=SigmaRuleLocation(path),
                collect_filters=True,
                resolve_references=False,
            )
            for rule in collection.rules:
                fields_of(rule)
        except Exception as error:
            sys.exit(f"{path}: {one_line(error)}")
        collections.append(collection)
    try:
        return SigmaCollection.merge(collections).rules
    except Exception as error:
        sys.exit(one_line(error))


def id_of(rule: SigmaRule | SigmaCorrelationRule) -> str:
    return str(rule.id or rule.source.path)


def fields_of(rule: SigmaRule | SigmaCorrelationRule) -> list[str]:
    return sqliteBackend().required_fields(rule) if isinstance(rule, SigmaRule) else []


def make_sql(
    rules: list[SigmaRule | SigmaCorrelationRule], sources: list[Source], columns: dict[str, str]
) -> tuple[list[Runnable], list[dict]]:
    """The rules that events can be shown to, and why they can't be to the others."""
    runnable, unseen = [], []
    backend = Backend(columns)
    for rule in rules:
        why = refusal(rule, sources)
        if why is None:
            try:
                queries = backend.convert_rule(rule)
            except Exception as error:
                why = f"pySigma's SQLite backend says: {one_line(error)}"
            else:
                runnable.append(Runnable(id_of(rule), rule.logsource, set(fields_of(rule)), queries))
        if why is not None:
            unseen.append({"rule": id_of(rule), "why": why})
    return runnable, unseen


def refusal(rule: SigmaRule | SigmaCorrelationRule, sources: list[Source]) -> str | None:
    """Why no event shows anything to the rule; None where one can."""
    # What correlations count is not reported by itself.
    if isinstance(rule, SigmaCorrelationRule) or not rule._output:
        return "it is about several events together, and here each stands alone"
    own = [source for source in sources if source.logsource in rule.logsource]
    if not own:
        return "no events are made for its log source"
    fields = fields_of(rule)
    if fields and not any(source.telling.intersection(fields) for source in own):
        return f"no event has what an indicator names in {', '.join(fields)}"
    return None


class Backend(sqliteBackend):
    """Leaves networks to the function `in_network`, and gives each field a column of its own."""

    def __init__(self, columns: dict[str, str]):
        super().__init__()
        self.columns = columns

    def escape_and_quote_field(self, field):
        # The name of the table is quoted here too.
        return quoted(self.columns.get(field, field))

    def convert_condition_field_eq_val_cidr(self, cond, state):
        return f"in_network({self.escape_and_quote_field(cond.field)}, '{cond.value.network}')"


def convert_all(product: str, documents: list[tuple[Path, list]]) -> dict:
    """Converts every rule for a product. Backends change the rules, so each has its own."""
    backend = PRODUCTS[product]()
    problems = []
    for rule in load(documents):
        is_correlation = isinstance(rule, SigmaCorrelationRule)
        try:
            (backend.convert_correlation_rule if is_correlation else backend.convert_rule)(rule)
        except Exception as error:
            problems.append({"rule": id_of(rule), "message": one_line(error)})
    return {"backend": product, "problems": problems}


# Events


def name_columns(rules: list[SigmaRule | SigmaCorrelationRule], sources: list[Source]) -> dict[str, str]:
    """A column for each field of events and rules. Fields know letter case, columns of SQLite don't."""
    filled = {field for source in sources for event in source.events for field in event["fields"]}
    read = {field for rule in rules for field in fields_of(rule)}
    columns, taken = {}, {NUMBER}
    for field in sorted(filled) + sorted(read - filled):
        name = field
        while name.lower() in taken:
            name += "'"
        columns[field] = name
        taken.add(name.lower())
    return columns


def run(rules: list[Runnable], source: Source, columns: dict[str, str]) -> dict[int, list[str]]:
    """The rules that fire on each event of a log source that shows its case to any of them."""

    @cache
    def tell(*fields: str) -> bool:
        return any(rule.reads.issuperset(fields) for rule in rules)

    events = [event for event in source.events if any(tell(*fields) for fields in event["tells"])]
    hits = {event["event"]: [] for event in events}
    logs = table(events, columns)
    texts = [value for event in events for value in event["fields"].values() if isinstance(value, str)]
    queries = [query for rule in rules for query in rule.queries]
    # Else SQLite's own comparisons do the same, and are several times as fast.
    if not all(text.isascii() and "\0" not in text for text in texts + queries):
        logs.create_collation("NOCASE", compare)
        logs.create_function("like", 3, like, deterministic=True)
    for rule in rules:
        fired = {row[0] for query in rule.queries for row in logs.execute(query)}
        for event in fired:
            hits[event].append(rule.id)
    return hits


def table(events: list[dict], columns: dict[str, str]) -> sqlite3.Connection:
    """A database with the events in the table `logs`, where a field that an event lacks is null."""
    logs = sqlite3.connect(":memory:")
    logs.create_function("regexp", 2, regexp, deterministic=True)
    logs.create_function("in_network", 2, in_network, deterministic=True)
    numbers = {name for event in events for name, value in event["fields"].items() if isinstance(value, int)}
    definitions = [
        f"{quoted(column)} {'NUMERIC' if field in numbers else 'TEXT COLLATE NOCASE'}"
        for field, column in columns.items()
    ]
    logs.execute(f"CREATE TABLE logs ({', '.join([NUMBER, *definitions])})")
    places = ", ".join("?" for _ in [NUMBER, *columns])
    rows = [[event["event"], *(event["fields"].get(field) for field in columns)] for event in events]
    logs.executemany(f"INSERT INTO logs VALUES ({places})", rows)
    return logs


# Comparisons


@cache
def fold(text: str) -> str:
    """Without letter case, character by character."""
    if text.isascii():
        return text.lower()
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def compare(one: str, other: str) -> int:
    one, other = fold(one), fold(other)
    return (one > other) - (one < other)


def like(pattern: str, text: str | int | None, escape: str) -> bool | None:
    """SQL's `text LIKE pattern ESCAPE escape`."""
    return None if text is None else matcher(pattern, escape)(fold(str(text))) is not None


@cache
def matcher(pattern: str, escape: str):
    wildcards = {"%": ".*", "_": "."}
    parts = re.findall(f"{re.escape(escape)}.|.", fold(pattern), re.DOTALL)
    expression = "".join(wildcards.get(part) or re.escape(part[-1]) for part in parts)
    return re.compile(expression, re.DOTALL).fullmatch


def regexp(pattern: str, text: str | int | None) -> bool | None:
    """SQL's `text REGEXP pattern`: a part of the text matches, letter case counts."""
    return None if text is None else re.search(pattern, str(text)) is not None


def in_network(text: str | None, network: str) -> bool:
    try:
        return address_of(text) in network_of(network)
    except ValueError:
        return False


address_of = cache(ip_address)
network_of = cache(ip_network)


# Text


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def one_line(said: object) -> str:
    return " ".join(str(said).split()) or type(said).__name__


def sql_text(rule: Runnable) -> str:
    return "".join([f"-- {one_line(rule.id)}\n", *(f"{query};\n" for query in rule.queries)])


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


main(Path(sys.argv[1]))
