/** Whether what reports call active is still as fresh as refang.yaml wants it. */

import type { Diagnostic, Severity, Span } from '../diagnostics/diagnostic.ts';
import type { Context, Report } from '../indicators/context.ts';
import { daysBetween } from '../indicators/day.ts';
import type { Collection } from '../indicators/set.ts';
import type { Freshness } from '../source/freshness-settings.ts';
import { counted } from '../source/words.ts';

/** The active indicators of a report that are too old. */
interface Stale {
  report: Report;
  count: number;
  /** Days of the oldest. */
  age: number;
}

/**
 * A finding for each report with active indicators that are too old on the day `asOf`, at its `published`. An indicator is as
 * old as the day it was last seen, else its latest report; one that no report names is not judged. What is historical or
 * revoked claims nothing of today.
 */
export function freshnessDiagnostics(
  collection: Collection,
  freshness: Freshness,
  asOf: string,
): Diagnostic[] {
  const { warnAfter, errorAfter } = freshness;
  const failed = staleReports(collection, errorAfter, asOf);
  const ids = new Set(failed.map(({ report }) => report.id));
  const warned = staleReports(collection, warnAfter, asOf).filter(({ report }) => !ids.has(report.id));
  const toldAt = ({ report }: Stale) => collection.published?.get(report.id);
  return [
    ...failed.map((one) => told(one, 'error', `error_after: ${errorAfter}`, toldAt(one))),
    ...warned.map((one) => told(one, 'warning', `warn_after: ${warnAfter}`, toldAt(one))),
  ];
}

function told({ report, count, age }: Stale, severity: Severity, limit: string, span?: Span): Diagnostic {
  const which = `${counted(count, 'active indicator')} of the report \`${report.id}\``;
  return {
    code: 'RF414',
    severity,
    ...(span && { span }),
    message: `${which} ${count === 1 ? 'has' : 'have'} not been seen for ${counted(age, 'day')}`,
    label: `\`freshness: {${limit}}\``,
  };
}

/** The reports with active indicators of more than so many days. */
function staleReports({ indicators, reports }: Collection, most: number | undefined, asOf: string): Stale[] {
  if (most === undefined) return [];
  // Contexts are shared: a feed of a million has few.
  const counts = new Map<Context, number>();
  for (const context of indicators.contexts)
    if (context.status === 'active') counts.set(context, (counts.get(context) ?? 0) + 1);
  const stale = new Map<string, Stale>();
  for (const [context, count] of counts) {
    const report = latestReport(context, reports);
    if (!report) continue;
    const age = daysBetween(lastConfirmed(context, report), asOf);
    if (age <= most) continue;
    const known = stale.get(report.id) ?? { report, count: 0, age: 0 };
    stale.set(report.id, { report, count: known.count + count, age: Math.max(known.age, age) });
  }
  return [...stale.values()];
}

/** The day from which an indicator's age counts. */
function lastConfirmed({ last_seen }: Context, { published }: Report): string {
  return last_seen ?? published;
}

/** The days from which the ages of active indicators count, each once. */
export function confirmedDays({ indicators, reports }: Collection): Set<string> {
  const days = new Set<string>();
  for (const context of indicators.contextTable) {
    const report = context.status === 'active' ? latestReport(context, reports) : undefined;
    if (report) days.add(lastConfirmed(context, report));
  }
  return days;
}

function latestReport({ reports: ids }: Context, reports: ReadonlyMap<string, Report>): Report | undefined {
  let latest: Report | undefined;
  for (const id of ids) {
    const report = reports.get(id);
    if (report && (!latest || report.published > latest.published)) latest = report;
  }
  return latest;
}
