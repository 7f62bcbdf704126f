/** All lists in one: a name is walked up once, however many lists there are. */

import type { Finding, Guard, Relation } from './guard.ts';
import type { GuardList } from './list.ts';
import type { Subject } from './subject.ts';

/** A list's entry of a name; two for each list, shared by all its names. */
interface Mark {
  list: GuardList;
  /** It stands for the names below it too. */
  below: boolean;
}

/** The names of all lists, and the names above them, which would take them along. */
class Names {
  readonly #marks = new Map<string, Mark | Mark[]>();
  readonly #above = new Map<string, Map<GuardList, string>>();
  #unraised: Mark['list'][] = [];

  add(list: GuardList): void {
    this.#mark(list.texts, { list, below: false });
    this.#mark(list.parents, { list, below: true });
    this.#unraised.push(list);
  }

  at(name: string): readonly Mark[] {
    const found = this.#marks.get(name);
    return found === undefined ? [] : Array.isArray(found) ? found : [found];
  }

  /** Whether any list says anything of a name: most are in none. */
  know(name: string, below: boolean): boolean {
    for (let dot = -1; ; ) {
      if (this.#marks.has(dot < 0 ? name : name.slice(dot + 1))) return true;
      dot = name.indexOf('.', dot + 1);
      if (dot < 0) return below && this.below(name) !== undefined;
    }
  }

  /** By list a name that lies below this one. */
  below(name: string): ReadonlyMap<GuardList, string> | undefined {
    for (const list of this.#unraised) this.#raise(list);
    this.#unraised = [];
    return this.#above.get(name);
  }

  #mark(names: readonly string[], mark: Mark): void {
    for (const name of names) {
      const before = this.#marks.get(name);
      if (before === undefined) this.#marks.set(name, mark);
      else if (Array.isArray(before)) before.push(mark);
      else this.#marks.set(name, [before, mark]);
    }
  }

  #raise(list: GuardList): void {
    if (!list.head.kinds.has('domain')) return;
    for (const names of [list.texts, list.parents]) {
      for (const name of names) {
        // Top-level domains hold everything, and have a guard of their own.
        for (
          let dot = name.indexOf('.');
          dot >= 0 && name.includes('.', dot + 1);
          dot = name.indexOf('.', dot + 1)
        ) {
          const parent = name.slice(dot + 1);
          const lists = this.#above.get(parent);
          if (lists === undefined) this.#above.set(parent, new Map([[list, name]]));
          else if (!lists.has(list)) lists.set(list, name);
        }
      }
    }
  }
}

/** The guard of all lists together. */
export function listGuard(lists: readonly GuardList[]): Guard {
  const names = new Names();
  for (const list of lists) names.add(list);
  const withRanges = lists.filter(({ ranges }) => ranges.size > 0);
  const others = lists.filter(({ substrings, patterns }) => substrings.size > 0 || patterns.length > 0);
  return (subject) => {
    const findings = textFindings(names, subject);
    if (others.length === 0 && subject.range === undefined) return findings;
    return [
      ...findings,
      ...withRanges.flatMap((list) => rangeFinding(list, subject)),
      ...others.flatMap((list) => valueFinding(list, subject)),
    ];
  };
}

const NONE: readonly Finding[] = [];

function textFindings(names: Names, subject: Subject): readonly Finding[] {
  const { kind, value, name, below } = subject;
  if (name === value && !names.know(name, below)) return NONE;
  const findings: Finding[] = [];
  if (name !== value)
    for (const { list } of names.at(value))
      if (list.head.kinds.has(kind)) findings.push(findingOf(list, value, 'exact'));
  if (name !== undefined) findings.push(...nameFindings(names, subject, name));
  return findings;
}

function nameFindings(names: Names, { kind, partial, below }: Subject, name: string): Finding[] {
  const findings: Finding[] = [];
  // Of the entries of one guard the nearest counts: customers' names below a provider's own.
  const told = new Set<string>();
  const tell = (list: GuardList, entry: string, relation: Relation) => {
    if (!list.head.kinds.has(kind) || told.has(list.head.guard)) return;
    told.add(list.head.guard);
    findings.push(findingOf(list, entry, relation));
  };
  for (const { list } of names.at(name)) tell(list, name, partial ? 'under' : 'exact');
  const held = below ? names.below(name) : undefined;
  if (held) {
    // It may lie under an entry of the same list as well, and that may weigh more.
    for (const [list, entry] of held)
      if (list.head.kinds.has(kind) && !told.has(list.head.guard))
        findings.push(findingOf(list, entry, 'contains'));
  }
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const parent = name.slice(dot + 1);
    for (const mark of names.at(parent))
      if (mark.below) tell(mark.list, parent, mark.list.head.whole && !partial ? 'exact' : 'under');
  }
  return findings;
}

function rangeFinding(list: GuardList, { kind, range, partial }: Subject): Finding[] {
  if (!range || !list.head.kinds.has(kind)) return [];
  const found = list.ranges.find(range);
  if (!found) return [];
  if (partial) return [findingOf(list, found.entry, 'under')];
  const counts = found.relation === 'under' && list.head.whole ? 'exact' : found.relation;
  return [findingOf(list, found.entry, counts)];
}

function valueFinding(list: GuardList, { kind, value }: Subject): Finding[] {
  if (!list.head.kinds.has(kind)) return [];
  const text = list.substrings.find(value);
  if (text !== undefined) return [findingOf(list, text, text === value ? 'exact' : 'under')];
  const pattern = list.patterns.find((one) => one.test(value));
  return pattern ? [findingOf(list, pattern.text, 'exact')] : [];
}

function findingOf({ head, reasons }: GuardList, entry: string, relation: Relation): Finding {
  const about = reasons.get(entry) ?? head.about;
  return { guard: head.guard, list: head.title, relation, entry, about, strength: head.strength };
}
