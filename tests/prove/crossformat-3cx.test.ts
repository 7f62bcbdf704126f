/**
 * The 3CX campaign, as its experts wrote it down: indicators as CSV, and rules of their own. Refang's rules from the CSV
 * are shown the same events as the experts' Sigma rules. What differs is written down here, and checked:
 *
 *  - The experts use `contains`: `evilakamaicontainer.com` and `akamaicontainer.com.example` alert in their rules. Ours
 *    are silent on these, and alert on all else that theirs alert on.
 *  - Their rule on network connections asks for the image of the 3CX desktop app as well; ours has no image to ask for.
 *  - Their Suricata rules look for a cookie of the malware's downloads, which is in no CSV: nothing to compare.
 */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import type { Case } from '../../compiler/prove/behaviour.ts';
import type { Engine } from '../../compiler/prove/engine.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { engineTest } from '../engines/require.ts';

const DATA = fileURLToPath(new URL('../../../shared/data/crossformat-3cx', import.meta.url));
const SIGMA = {
  'dns_query/windows': 'dns_query_win_malware_3cx_compromise.yml',
  proxy: 'proxy_malware_3cx_compromise_c2_beacon_activity.yml',
};

/** The host names of the CSV. */
function namesOf(csv: string): string[] {
  const rows = csv.split('\n').map((line) => line.split(','));
  return rows.filter(([, type]) => type === 'hostname').map(([value]) => value as string);
}

/** Those that the experts' rule lists, under the column's name. */
function listedBy(rule: string): string[] {
  return [...rule.matchAll(/^ {12}- '([^']+)'$/gm)].map(([, name]) => name as string);
}

function casesOf(names: readonly string[]): Case[] {
  const cases: Case[] = [];
  for (const name of names) {
    const { matches = [], misses = [] } = KIND_MODULES.domain.witnesses?.(name, { subdomains: true }) ?? {};
    for (const { text, about } of matches)
      cases.push({ id: cases.length, kind: 'domain', text, about, expect: 'match' });
    for (const { text, about } of misses)
      cases.push({ id: cases.length, kind: 'domain', text, about, expect: 'silence' });
  }
  return cases;
}

/** The cases on which any of the rules fires, by carrier. */
async function firing(files: readonly string[], cases: readonly Case[]): Promise<Map<string, Set<number>>> {
  const { observations } = await (ENGINES.sigma as Required<Engine>).behave({ files, cases });
  const fired = new Map<string, Set<number>>();
  for (const { case: id, carrier, rules } of observations) {
    const set = fired.get(carrier) ?? new Set();
    if (rules.length > 0) set.add(id);
    fired.set(carrier, set);
  }
  return fired;
}

describe.skipIf(!existsSync(DATA))(
  'beside the experts’ rules of the 3CX campaign (needs ../shared/data)',
  async () => {
    const tested = await engineTest('sigma');

    tested('Sigma: ours alert on all that is listed, theirs on more', async () => {
      const names = namesOf(readFileSync(join(DATA, 'volexity-3cx-iocs.csv'), 'utf8'));
      expect(names).toHaveLength(23);
      const folder = mkdtempSync(join(tmpdir(), 'refang-3cx-'));
      try {
        const yaml = `refang: 1\ndefaults: {status: active, confidence: 90, severity: high, tlp: clear}\nindicators:\n  - domain: |\n`;
        writeFileSync(
          join(folder, 'indicators.yaml'),
          yaml + names.map((name) => `      ${name}\n`).join(''),
        );
        const { files, session } = await build({ cwd: folder, targets: ['sigma'], asOf: '2026-01-01' });
        expect(session.diagnostics).toEqual([]);
        const ours = files.map(({ path }) => join(folder, 'out', path));
        for (const [carrier, file] of Object.entries(SIGMA)) {
          const theirs = join(DATA, 'sigma', file);
          const listed = listedBy(readFileSync(theirs, 'utf8'));
          const cases = casesOf(names.filter((name) => listed.includes(name)));
          const [our, their] = [await firing(ours, cases), await firing([theirs], cases)].map((fired) =>
            fired.get(carrier),
          );
          const matching = cases.filter(({ expect: wanted }) => wanted === 'match').map(({ id }) => id);
          expect([...(our ?? [])].sort((a, b) => a - b)).toEqual(matching);
          for (const id of matching) expect(their).toContain(id);
          const loose = [...(their ?? [])]
            .filter((id) => !matching.includes(id))
            .map((id) => cases[id]?.about);
          expect(new Set(loose)).toContain('the name in front of another domain');
          expect(loose.length).toBeGreaterThan(listed.length / 2);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    test('Suricata: their rules are about a cookie, and name no indicator of the CSV', () => {
      const rules = readFileSync(join(DATA, 'volexity-3cx-suricata.rules'), 'utf8');
      const names = namesOf(readFileSync(join(DATA, 'volexity-3cx-iocs.csv'), 'utf8'));
      expect(rules).toContain('__tutma');
      expect(names.filter((name) => rules.includes(name))).toEqual([]);
    });
  },
);
