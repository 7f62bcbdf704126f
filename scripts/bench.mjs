/**
 * `npm run bench`: what builds cost, beside other programs that do the same work (tests/bench/). With `--date` it writes
 * what it found to docs/benchmarks.md; without, it prints that page.
 */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Bench } from '../tests/bench/bench.mjs';
import { COMPARISONS } from '../tests/bench/comparisons/comparisons.mjs';
import { machine, report } from '../tests/bench/report.mjs';
import { WORKPLACE } from '../tests/bench/workplace.mjs';
import { ROOT } from './typescript.mjs';

const USAGE = `npm run bench -- [OPTIONS]

  --date YYYY-MM-DD   write docs/benchmarks.md, with this date; without it, print it
  --only NAME,…       only these: ${COMPARISONS.map(({ name }) => name).join(', ')}
  --quick             everything small: shows that it works, and measures nothing
  --rounds N          rounds of each comparison, instead of 1 to 15 by size
  --naive-million     the naive reference with a million records as well
  --no-peers          fetch no packages of others from npm
  --work DIR          where to work: 20 GB for ten million records (default: ${WORKPLACE})
`;
const PAGE = join(ROOT, 'docs/benchmarks.md');
/** What was found, by comparison: what a run of one comparison does not measure stays as it was. */
const RESULTS = join(ROOT, 'tests/bench/results.json');

const { values } = parseArgs({
  options: {
    date: { type: 'string' },
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    'naive-million': { type: 'boolean', default: false },
    'no-peers': { type: 'boolean', default: false },
    work: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** @returns {readonly import('../tests/bench/comparison.mjs').Comparison[]} */
function chosen() {
  const only = values.only?.flatMap((names) => names.split(','));
  for (const name of only ?? [])
    if (!COMPARISONS.some((one) => one.name === name)) throw new Error(`there is no comparison \`${name}\``);
  return COMPARISONS.filter(({ name }) => only?.includes(name) ?? true);
}

/** Throws where what is measured would not be what stands in compiler/. */
function mustBeFresh() {
  const built = statSync(join(ROOT, 'dist/main.cjs'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  for (const folder of ['compiler', 'templates'])
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }))
      if (/\.(?:ts|hbs|json)$/.test(name) && statSync(join(ROOT, folder, name)).mtimeMs > built)
        throw new Error(`dist/ is older than ${folder}/${name}: run \`npm run prepare\` first`);
}

/** The command that led to a result. */
function commandLine() {
  return ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ');
}

async function main() {
  const { date, quick } = values;
  if (date !== undefined && (quick || !/^\d{4}-\d\d-\d\d$/.test(date)))
    throw new Error('--date takes YYYY-MM-DD, and says nothing of a quick run');
  const comparisons = chosen();
  if (!quick) mustBeFresh();
  const work = mkdtempSync(join(values.work ?? WORKPLACE, 'refang-bench-'));
  const keeps = date !== undefined;
  /** @type {Record<string, import('../tests/bench/report.mjs').Result>} */
  const results = keeps && existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  try {
    for (const comparison of comparisons) {
      process.stderr.write(`bench: ${comparison.name}\n`);
      const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
      const options = { quick, peers: !values['no-peers'], naiveMillion: values['naive-million'], rounds };
      const folder = mkdtempSync(join(work, `${comparison.name}-`));
      const where = `${machine()}, files in ${work.slice(0, work.lastIndexOf('/'))}`;
      const outcome = await comparison.run(new Bench({ ...options, work: folder }));
      rmSync(folder, { recursive: true, force: true });
      results[comparison.name] = {
        outcome,
        machine: where,
        date: date ?? 'not kept',
        command: commandLine(),
      };
      if (!keeps) continue;
      // After each, so that an hour is not lost for the last one.
      writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
      writeFileSync(PAGE, report(COMPARISONS, results, before, true));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  if (!keeps) process.stdout.write(report(comparisons, results, before, !quick));
}

if (values.help) process.stdout.write(USAGE);
else await main();
