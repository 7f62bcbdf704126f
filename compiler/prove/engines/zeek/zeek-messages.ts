/** What Zeek says of scripts. */

import type { Problem } from '../../engine.ts';

/** Such as `error in ./walk.zeek, line 12: syntax error, at or near "}"`; a range of lines is `lines 3-4`. */
const MESSAGE = /^(?:fatal )?(error|warning) in (.+?), lines? (\d+)(?:-\d+)?: (.*)$/;

/** The faults among what Zeek writes to stderr. */
export function readZeekMessages(stderr: string): Problem[] {
  const problems: Problem[] = [];
  for (const text of stderr.split('\n')) {
    const [, severity, file, line, message] = MESSAGE.exec(text) ?? [];
    if (!file || !message) continue;
    problems.push({ file, line: Number(line), message, severity: severity as 'error' | 'warning' });
  }
  return problems;
}
