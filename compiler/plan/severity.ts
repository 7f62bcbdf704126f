/** The severity that rules carry, which need not be the listed one. */

import { type Context, SEVERITIES, type Severity } from '../indicators/context.ts';
import type { SeverityMap } from '../source/policy-setting.ts';

/** What policy makes of a listed severity; that of a historical indicator is at most `historical`. */
export function severityOf({ severity, status }: Context, map: SeverityMap): Severity {
  const carried = map[severity] ?? severity;
  if (status !== 'historical' || map.historical === undefined) return carried;
  return SEVERITIES[Math.min(SEVERITIES.indexOf(carried), SEVERITIES.indexOf(map.historical))] as Severity;
}
