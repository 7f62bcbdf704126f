/** The report of all comparisons as Markdown: docs/benchmarks.md. What people wrote in it between its marks is kept. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { promised, told, verdict } from './comparison.mjs';

/**
 * What a comparison found, and when and where.
 * @typedef {{ outcome: import('./comparison.mjs').Outcome, machine: string, date: string, command: string }} Result
 */

/** @typedef {Readonly<Record<string, Result>>} Results by the name of the comparison */

/** The machine, what runs on it and how busy it is, in a line. */
export function machine() {
  const release = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  const { stdout } = spawnSync('uname', ['-r'], { encoding: 'utf8' });
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${memory} GiB of memory, ${release} (Linux ${stdout.trim()}), Node ${process.version}, load before ${(loadavg()[0] ?? 0).toFixed(1)}`;
}

/**
 * The whole report.
 * @param {readonly import('./comparison.mjs').Comparison[]} comparisons @param {Results} results
 * @param {string} before the report that it replaces, of which hand-written parts are kept
 * @param {boolean} judged whether sizes are those of the claims
 */
export function report(comparisons, results, before, judged) {
  return `<!-- Made by \`npm run bench\`. Only what stands between the marks \`why\` and \`/why\` is written by hand, and kept. -->

# Benchmarks

What a build costs, and beside it what the same work costs other programs, measured in turns on one machine. **CPU** is that of
the whole process and of all that it starts, user and system, start-up included; **memory** is the most that one process held,
in megabytes of 10⁶ bytes. Numbers are medians of the rounds. Wall time is not told: it says more of the neighbours than of
the program. Where two programs do the same work, their outputs are held against each other before anything is told; a
comparison whose sides disagree fails.

\`\`\`sh
npm run bench -- --date YYYY-MM-DD                  # everything, and writes this page
npm run bench -- --date YYYY-MM-DD --only dedupe    # one comparison; the others keep what they told
npm run bench -- --date YYYY-MM-DD --only naive --naive-million   # with a million records: takes several GB of memory
npm run bench -- --quick                            # everything small: shows that it works, and prints the tables
\`\`\`

Files lie in memory (\`/dev/shm\`) where that has room for 20 GB, so that the disk is not measured: ext4 without a journal takes most of a
millisecond of CPU for each file that is made while others were removed in the last minutes (\`--work DIR\` chooses another folder).
\`NODE_EXTRA_CA_CERTS\` is taken out of the environment: where it is set, each start of Node takes 40 ms more.
Inputs are made by \`tests/bench/generate.mjs\` with a fixed seed. \`iprange\` and GNU \`time\` are packages of Debian; packages of
npm are fetched for the run and removed after it.

${summary(comparisons, results, judged)}

${comparisons.map((one) => section(one, results[one.name], before)).join('\n\n')}

## Not compared

Conversions by pySigma: it turns Sigma rules into queries, while Refang makes a platform's queries of indicators and Sigma's
rules beside them. The queries that come out are not the same, so there is no equal work to time.
`;
}

/** @param {readonly import('./comparison.mjs').Comparison[]} comparisons @param {Results} results @param {boolean} judged */
function summary(comparisons, results, judged) {
  const rows = comparisons.flatMap(({ name, claims }) =>
    claims.map((claim) => {
      const values = results[name]?.outcome.values ?? {};
      const verdictOf = judged ? verdict(claim, values) : 'small sizes, not judged';
      return [claim.work, promised(claim, 'must'), promised(claim, 'aim'), told(claim, values), verdictOf];
    }),
  );
  return table({ head: ['work', 'must', 'aim', 'measured', 'verdict'], rows });
}

/** @param {import('./comparison.mjs').Comparison} comparison @param {Result | undefined} result @param {string} before */
function section({ name, title, about }, result, before) {
  const { tables = [], checked = [], skipped = [] } = result?.outcome ?? {};
  const parts = [
    `## ${title}`,
    about,
    ...tables.flatMap((one) => [...(one.title ? [`${one.title}:`] : []), table(one)]),
    ...checked.map((sentence) => `Checked: ${sentence}`),
    ...skipped.map((sentence) => `Not measured: ${sentence}`),
    result ? `${result.date}, \`${result.command}\`, ${result.machine}` : 'Not measured yet.',
    `<!-- why ${name} -->\n${whyIn(before, name)}\n<!-- /why -->`,
  ];
  return parts.join('\n\n');
}

/** What people wrote of a comparison. @param {string} before @param {string} name */
function whyIn(before, name) {
  const [start, end] = [`<!-- why ${name} -->\n`, '\n<!-- /why -->'];
  const from = before.indexOf(start);
  if (from < 0) return '';
  const to = before.indexOf(end, from + start.length - 1);
  return to < 0 ? '' : before.slice(from + start.length, to);
}

/** @param {import('./comparison.mjs').Table} table */
function table({ head, rows }) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
