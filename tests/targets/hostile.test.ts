/** Collections that try to break out, through every target at once: all is written or has a reason, and all can be read. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { openSession, type Session } from '../../compiler/session.ts';
import { NASTY_SETTINGS, nastyCollection } from './nasty.ts';
import { csvRows } from './parsers/csv-rows.ts';
import { READERS } from './parsers/readers.ts';

const TARGETS = readdirSync(fileURLToPath(new URL('../../templates', import.meta.url)));

type Target = NonNullable<Session['compiled']>['targets'][number];

/** Files whose quotes or comments only the target's own reader knows. */
const OWN_CSV = /^(?:defender|check-point)$/;

/** Whether a file is one of its format at all. */
function readFormat(target: string, path: string, text: string): void {
  if (path.endsWith('.json')) JSON.parse(text);
  if (/\.(?:ndjson|jsonl)$/.test(path)) for (const line of text.split('\n').slice(0, -1)) JSON.parse(line);
  if (/\.ya?ml$/.test(path)) loadAll(text);
  if (!path.endsWith('.csv') || OWN_CSV.test(target)) return;
  const widths = new Set(csvRows(text).map(({ fields }) => fields.length));
  expect(widths.size, 'rows of one length').toBeLessThanOrEqual(1);
}

/** Every file as text; throws for what a template cannot write. */
function filesOf(target: Target): Map<string, string> {
  return new Map([...target.files()].map(({ path, chunks }) => [path, [...chunks].join('')]));
}

/** The values that a target's files must say, as they spell them. */
function meant({ name, plan }: Target, { collection }: Session): Set<string> {
  const set = collection?.indicators;
  const spelling = READERS[name]?.spelling;
  const values = new Set<string>();
  for (const [at, { fate }] of [...plan.verdicts].entries()) {
    if (!set || (fate !== 'emitted' && fate !== 'approximated')) continue;
    const spelt = spelling ? spelling(set.kind(at), set.value(at)) : set.value(at);
    for (const one of spelt === undefined ? [] : [spelt].flat()) values.add(one);
  }
  return values;
}

function checkTarget(target: Target, session: Session): void {
  const { name } = target;
  const sum = Object.values(target.fates).reduce((all, one) => all + one, 0);
  expect(sum, name).toBe(session.collection?.indicators.size);
  const files = filesOf(target);
  for (const [path, text] of files) {
    expect(text.isWellFormed() && !/[\0\r\v\f\u0085\u2028\u2029]/.test(text), `${name}/${path}`).toBe(true);
    readFormat(name, path, text);
  }
  const reader = READERS[name];
  if (!reader) return;
  const { values, problems } = reader.read(files);
  expect(problems, name).toEqual([]);
  if (reader.answers) expect([...new Set(values)].sort(), name).toEqual([...meant(target, session)].sort());
}

test('each target', async () => {
  const property = fc.asyncProperty(nastyCollection(30), async (text) => {
    const cwd = mkdtempSync(join(tmpdir(), 'refang-hostile-'));
    try {
      writeFileSync(join(cwd, 'indicators.yaml'), text);
      writeFileSync(join(cwd, 'refang.yaml'), NASTY_SETTINGS);
      const session = await openSession({ cwd, files: [], targets: TARGETS, asOf: '2026-01-01' });
      expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(session.compiled?.targets).toHaveLength(TARGETS.length);
      for (const target of session.compiled?.targets ?? []) checkTarget(target, session);
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });
  await fc.assert(property, { numRuns: 6, endOnFailure: true });
}, 120_000);
