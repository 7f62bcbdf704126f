/** The tables of README.md that tell what the engines say: made from a run, never typed. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../compiler/build.ts';
import { type ProveOptions, prove } from '../compiler/prove/prove.ts';
import { isFaulty, type ProofSummary, type Share, summarize } from '../compiler/prove/summary.ts';
import { markdownTable } from './docs/markdown.ts';

export const BEGIN = '<!-- proof: made by `npm run proof` -->\n';
export const END = '<!-- end of proof -->\n';

/** Both tables as Markdown. Throws where an engine is missing or finds a fault: then there is nothing to show. */
export async function proofTables(root: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'refang-proof-'));
  try {
    const example = { cwd: root, files: ['examples/all-kinds.yaml'], out: join(folder, 'out') };
    await build(example);
    const report = table(await summariesOf({ cwd: root }));
    return `The report, \`indicators.yaml\`:\n\n${report}\nEvery kind, active, \`examples/all-kinds.yaml\`:\n\n${table(await summariesOf(example))}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function summariesOf(options: ProveOptions): Promise<ProofSummary[]> {
  const { session, proofs } = await prove(options);
  const set = session.collection?.indicators;
  if (!set) throw new Error('the inputs cannot be read');
  return proofs.map((proof) => summarize(proof, set));
}

function table(summaries: readonly ProofSummary[]): string {
  const faulty = summaries.filter(isFaulty);
  if (faulty.length > 0) throw new Error(JSON.stringify(faulty, undefined, 2));
  const rows = summaries.map(({ target, title, version, rules, indicators, witnesses, nearMisses }) =>
    version === undefined
      ? [target, title, 'not checked', '', '', '']
      : [
          target,
          `${title} ${version}`,
          String(rules),
          share(indicators),
          share(witnesses),
          share(nearMisses),
        ],
  );
  return markdownTable(
    ['target', 'engine', 'rules', 'indicators', 'witnesses matched', 'near misses silent'],
    rows,
  );
}

function share({ ok, of }: Share): string {
  return `${ok} of ${of}`;
}
