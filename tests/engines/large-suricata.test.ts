/** A real list of 400,000 domains and one of 120,000 addresses as datasets, against Suricata itself. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildReport, build } from '../../compiler/index.ts';
import { domain } from '../../compiler/indicators/domain.ts';
import { isValueOf } from '../../compiler/indicators/witnesses.ts';
import { casesOf, provable } from '../../compiler/prove/cases.ts';
import type { EngineName } from '../../compiler/prove/engine.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { Explainer } from '../../compiler/prove/explains.ts';
import { filesFor } from '../../compiler/prove/judged-by.ts';
import { sampleOf } from '../../compiler/prove/sample.ts';
import { ACCEPT_ALL } from '../accepted.ts';
import { dataLines, hasData } from '../indicators/tables.ts';
import { engineTest } from './require.ts';

const DOMAINS = 400_000;
const ADDRESSES = 120_000;
const SHOWN = 60;
const NEEDED = hasData ? '' : ' [needs the public data]';

const cwd = mkdtempSync(join(tmpdir(), 'refang-large-'));
let report: BuildReport;

beforeAll(async () => {
  if (!hasData) return;
  const names = dataLines('lists/blocklistproject-phishing-domains.txt').filter((line) =>
    isValueOf(domain, line),
  );
  const addresses = dataLines('lists/ipsum-ips-scored.txt').slice(0, ADDRESSES);
  const feed = (path: string, values: readonly string[]) =>
    writeFileSync(join(cwd, path), values.map((value) => `${value}\n`).join(''));
  feed('domains.txt', names.slice(0, DOMAINS));
  feed('addresses.txt', addresses);
  const feeds = ['path: domains.txt, kind: domain', 'path: addresses.txt, kind: ip'];
  writeFileSync(
    join(cwd, 'indicators.yaml'),
    `refang: 1
defaults: {status: active, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}
feeds:
${feeds.map((one) => `  - {${one}, format: list}\n`).join('')}`,
  );
  report = await build({ cwd, targets: ['suricata'], asOf: '2026-01-01' });
  expect(report.session.failed).toBeUndefined();
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe.skipIf(!hasData)(`400,000 domains and 120,000 addresses${NEEDED}`, async () => {
  test('are a few rules and lists, and each has a fate', () => {
    const rules = [...(report.session.compiled?.targets[0]?.rules() ?? [])];
    expect(rules.length).toBeLessThan(100);
    const { emitted = 0, covered = 0, ...others } = report.fates.get('suricata') ?? {};
    expect(others).toEqual({ approximated: 0, withheld: 0, unsupported: 0 });
    expect(emitted + covered).toBe(report.indicators);
    expect(emitted).toBeGreaterThan(ADDRESSES + 100_000);
  });

  for (const engine of ['suricata', 'suricata-8'] as const satisfies readonly EngineName[]) {
    const tested = await engineTest(engine);
    tested(`${engine} loads them without a word, and fires for a sample of them alone`, async () => {
      const { collection, compiled } = report.session;
      const target = compiled?.targets[0];
      if (!collection || !target) throw new Error('the lists can be read');
      const files = filesFor(
        engine,
        report.files.map(({ path }) => join(cwd, 'out', path)),
      );
      expect((await ENGINES[engine].load(files)).problems).toEqual([]);
      const listOf = new Map<number, string>();
      for (const { id, members } of target.rules()) for (const member of members) listOf.set(member, id);
      const emitted = provable(target.plan.verdicts).filter((index) => listOf.has(index));
      const shown = sampleOf(emitted, SHOWN, (index) => listOf.get(index) as string);
      const cases = casesOf(collection.indicators, shown, engine);
      const seen = await ENGINES[engine].behave?.({ files, cases });
      const explainer = new Explainer(collection.indicators, emitted);
      expect(seen?.observations.length).toBeGreaterThan(SHOWN * 4);
      for (const { case: at, rules, carrier } of seen?.observations ?? []) {
        const { text, kind, expect: wanted } = cases[at] as (typeof cases)[number];
        const listed = explainer.of(kind, text).length > 0;
        expect(listed || wanted === 'silence', text).toBe(true);
        expect(rules.length > 0, `${text} as ${carrier}`).toBe(listed);
      }
    });
  }
});
