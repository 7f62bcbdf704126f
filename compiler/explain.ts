/** Explains what a text means to a project: an indicator, a rule, a port; each is answered in a file of its own. */

import { type ExplainedRule, explainRule, knownIds } from './explain-rule.ts';
import { type Explanation, explainValue, placeOf } from './explain-value.ts';
import type { IndicatorSet } from './indicators/set.ts';
import { RenderError } from './render/render-error.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { nearestOf } from './source/words.ts';

/** What `explain` found. A text can mean several things. */
export interface ExplainReport {
  session: Session;
  /** One for each kind under which the value is listed. */
  explanations: readonly Explanation[];
  /** The rules that the text names. */
  rules: readonly ExplainedRule[];
  /** For a number: the endpoints with that port. */
  endpoints: readonly { value: string; defined: string }[];
  /** Where it means nothing: the nearest values and ids, at most three. */
  nearest: readonly string[];
}

/** How many near values are named. */
const MOST_NEAR = 3;
/** Sids, UUIDs and the names of rules. */
const MAY_BE_ID = /^[\w-]+$/;

/** Explains a value, live or defanged, or what names a rule. */
export async function explain(options: SessionOptions & { value: string }): Promise<ExplainReport> {
  const session = await openSession(options);
  const nothing = { explanations: [], rules: [], endpoints: [], nearest: [] };
  const set = session.collection?.indicators;
  if (!set || session.failed) return { session, ...nothing };
  try {
    return { session, ...meaningsOf(session, set, options) };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    session.diagnostics.push(error.diagnostic);
    return { session: { ...session, failed: 'configuration' }, ...nothing };
  }
}

function meaningsOf(
  session: Session,
  set: IndicatorSet,
  { value: text, progress }: Pick<SessionOptions, 'progress'> & { value: string },
): Omit<ExplainReport, 'session'> {
  const explanations = explainValue(session, set, text, progress);
  // All rules are rendered for it. What is listed and has dots in it, as names and addresses have, names none.
  const rules =
    explanations.length > 0 && !MAY_BE_ID.test(text.trim()) ? [] : explainRule(session, set, text, progress);
  const endpoints = /^\d{1,5}$/.test(text.trim()) ? endpointsOf(set, text.trim()) : [];
  const found = explanations.length + rules.length + endpoints.length > 0;
  const known = found ? [] : [...set.values, ...knownIds(session)];
  return { explanations, rules, endpoints, nearest: nearestOf(text.trim(), known, MOST_NEAR) };
}

function endpointsOf(set: IndicatorSet, port: string): ExplainReport['endpoints'] {
  return set.values.flatMap((value, index) =>
    set.kind(index) === 'endpoint' && value.endsWith(`:${port}`)
      ? [{ value, defined: placeOf(set.origin(index)) }]
      : [],
  );
}
