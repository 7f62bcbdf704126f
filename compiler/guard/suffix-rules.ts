/** The rules of the Public Suffix List, and the one that decides about a name. */

import { SUFFIX_LIST } from './suffix-list.ts';

/** A rule. */
export interface SuffixRule {
  /** Without `*`, and without what stands in front of it. */
  name: string;
  /** It is about names below `name`: `*.name`. */
  wildcard: boolean;
  /** It is in the section of providers, not of registries. */
  isPrivate: boolean;
}

/** The suffix of a name by the list. */
export interface ListedSuffix {
  suffix: string;
  /** The rule that decides is in the section of providers, not of registries. */
  isPrivate: boolean;
}

/** By top-level domain, its rules as they are written: of those that were asked for. */
const asked = new Map<string, ReadonlySet<string>>();

/** The suffix of a canonical name; undefined where no rule of the list is about it. */
export function suffixOf(name: string): ListedSuffix | undefined {
  const rules = rulesOf(name.slice(name.lastIndexOf('.') + 1));
  // The longest rule decides, and an exception before any other.
  for (let suffix = name; suffix !== ''; suffix = behindDot(suffix)) {
    const exception = sectionOf(rules, `!${suffix}`);
    if (exception) return { suffix: behindDot(suffix), ...exception };
    const section = sectionOf(rules, suffix) ?? sectionOf(rules, `*.${behindDot(suffix)}`);
    if (section) return { suffix, ...section };
  }
  return undefined;
}

/** What stands behind the first dot; empty where there is none. */
function behindDot(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}

function sectionOf(rules: ReadonlySet<string>, rule: string): Pick<ListedSuffix, 'isPrivate'> | undefined {
  if (rules.has(rule)) return { isPrivate: false };
  return rules.has(`~${rule}`) ? { isPrivate: true } : undefined;
}

function rulesOf(top: string): ReadonlySet<string> {
  let rules = asked.get(top);
  if (!rules) {
    const start = SUFFIX_LIST.indexOf(`\n${top}: `) + 1;
    const line = start === 0 ? '' : SUFFIX_LIST.slice(start, SUFFIX_LIST.indexOf('\n', start));
    rules = new Set(line.split(' ').slice(1));
    asked.set(top, rules);
  }
  return rules;
}

/** All rules, and the exceptions of them. */
export function* suffixRules(): Generator<SuffixRule> {
  for (const line of SUFFIX_LIST.trim().split('\n')) {
    const rules = line.split(' ');
    for (let at = 1; at < rules.length; at++) {
      const rule = rules[at] as string;
      const isPrivate = rule.startsWith('~');
      const below = rule.lastIndexOf('*.') + 2;
      const wildcard = below > 1;
      const start = wildcard ? below : Number(isPrivate) + Number(rule.includes('!'));
      yield { name: rule.slice(start), wildcard, isPrivate };
    }
  }
}
