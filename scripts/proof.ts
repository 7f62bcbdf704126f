/** The tables of README.md that tell what the engines say: made from a run, never typed. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../compiler/build.ts';
import { type ProveOptions, prove } from '../compiler/prove/prove.ts';
import { isFaulty, type ProofSummary, type Share, summarize } from '../compiler/prove/summary.ts';
import { grouped } from '../compiler/source/words.ts';
import { markdownTable } from './docs/markdown.ts';
import { targetNames } from './goldens.ts';

export const BEGIN = '<!-- proof: made by `npm run proof` -->\n';
export const END = '<!-- end of proof -->\n';

/** What `npm run proof` writes: the table of README.md, and the page with both. */
export interface ProofPages {
  /** The report, as a table. */
  report: string;
  /** docs/proof.md. */
  page: string;
}

/** Proves every target on the report and on the example. Throws where an engine finds a fault: then there is nothing to show. */
export async function proofPages(root: string): Promise<ProofPages> {
  const folder = mkdtempSync(join(tmpdir(), 'refang-proof-'));
  try {
    const targets = targetNames(join(root, 'templates'));
    const example = { cwd: root, files: ['examples/all-kinds.yaml'], targets, out: join(folder, 'out') };
    await build(example);
    const report = `The report, \`indicators.yaml\`:\n\n${table(await summariesOf({ cwd: root }))}`;
    const kinds = `Every kind, active, \`examples/all-kinds.yaml\`:\n\n${table(await summariesOf(example))}`;
    return { report, page: `${PAGE}${report}\n${kinds}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const PAGE = `<!-- Made by \`npm run proof\`. Do not edit. -->

# Proof

What each engine says when it is shown what the rules of a target must match, and what they must not. A target that is
missing here has no engine: [targets.md](targets.md) tells what its files are held against instead.

`;

async function summariesOf(options: ProveOptions): Promise<ProofSummary[]> {
  const { session, proofs } = await prove(options);
  const set = session.collection?.indicators;
  if (!set) throw new Error('the inputs cannot be read');
  return proofs.map((proof) => summarize(proof, set));
}

function table(summaries: readonly ProofSummary[]): string {
  const faulty = summaries.filter(isFaulty);
  if (faulty.length > 0) throw new Error(JSON.stringify(faulty, undefined, 2));
  const rows = summaries.map(
    ({ target, title, version, loadsOnly, rules, indicators, witnesses, nearMisses }) =>
      version === undefined || loadsOnly
        ? [
            target,
            [title, version].filter(Boolean).join(' '),
            loadsOnly ? 'loads' : 'not checked',
            '',
            '',
            '',
          ]
        : [
            target,
            `${title} ${version}`,
            grouped(rules),
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
  return `${grouped(ok)} of ${grouped(of)}`;
}
