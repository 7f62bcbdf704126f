/** The text of a rule with its identity, which depends on the text that it has without one. */

import type { Register } from '../identity/register.ts';
import type { Entry } from '../plan/entry.ts';
import type { Pass } from '../targets/definition.ts';
import type { EntryView } from './entry-view.ts';
import type { RenderRequest } from './request.ts';
import { type RuleSource, sourceOf } from './rule-memory.ts';
import { keyOf } from './rules.ts';
import { BLANK_IDENTITY, type IdentityView } from './view.ts';

/** Whether the entries of a pass have identities. */
export function identifies({ register }: RenderRequest, pass: Pass): boolean {
  return register?.identifies === true && pass.identity;
}

/** What a function makes is made when it is first asked for. */
export function lazily(prepare: () => () => string): () => string {
  let text: (() => string) | undefined;
  return () => {
    text ??= prepare();
    return text();
  };
}

/** A rule that is to be rendered. */
export interface Rule {
  pass: Pass;
  entry: Entry;
  /** Its text depends on where it stands: among the others, or in a file with a serial. */
  placed?: boolean;
}

/** Renders a rule twice: blank, for the hash that decides its revision, then with the identity that follows from it. */
export function withIdentity(
  request: RenderRequest,
  rule: Rule,
  view: EntryView,
  render: () => string,
): string {
  const known = request.register as Register;
  const key = keyOf(request.target, request.set, rule.pass, rule.entry);
  const { uuid, sid } = known.ids(key);
  const rules = request.memory?.rules;
  const source = rules && sourceOfRule(request, rule);
  const last = source === undefined ? undefined : rules?.find(key, source);
  view.identify(BLANK_IDENTITY);
  const digest = last?.digest ?? digestElsewhere(request, rule);
  const line = digest === undefined ? known.revise(key, render()) : known.reviseTo(key, digest);
  const identity: IdentityView = {
    id: uuid ?? '',
    short: uuid?.slice(0, 8) ?? '',
    sid: sid ?? '',
    rev: line.revision,
    created: String(view.published ?? '') || (known.locked ? line.created : ''),
    modified: line.revision > 1 ? line.changed : '',
  };
  view.identify(identity);
  const text = last && isSame(last.identity, identity) ? last.text : render();
  if (source !== undefined) rules?.keep(key, { source, digest: line.digest, identity, text });
  return text;
}

/** The digest of the text that decides the revision of a rule, where that is the text of another. */
function digestElsewhere(
  { register, target, set }: RenderRequest,
  { pass, entry }: Rule,
): string | undefined {
  if (pass.revision === undefined) return undefined;
  return register?.lines.get(keyOf(target, set, { ...pass, name: pass.revision }, entry))?.digest;
}

/** What the text of a rule depends on; undefined where it depends on other rules as well. */
function sourceOfRule({ plan }: RenderRequest, { pass, entry, placed }: Rule): RuleSource | undefined {
  if (placed || pass.refers !== undefined) return undefined;
  return sourceOf(entry, pass.tier === undefined ? (index) => plan.verdicts.tier(index) : undefined);
}

function isSame(one: IdentityView, other: IdentityView): boolean {
  return (Object.keys(one) as (keyof IdentityView)[]).every((name) => one[name] === other[name]);
}
