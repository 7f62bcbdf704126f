/** `refang build --shard`. */

import type { Shard } from '../partition/shard-of.ts';
import { buildShard } from '../shard.ts';
import { counted } from '../source/words.ts';
import { tellWait } from './build.ts';
import { withProgress } from './progress-line.ts';
import { failureCode, printForPeople } from './report.ts';
import { readDay, UsageError } from './verb.ts';

/** More parts than this are a mistake: each reads all inputs. */
const MOST = 1000;

/** The options of `build`, as they were given. */
type Given = Readonly<Record<string, string | boolean | undefined>>;

/** Builds a part, and tells what stops it; what the inputs come to is told when the parts are merged. Returns the exit code. */
export async function buildShardAndTell(given: Given, files: readonly string[]): Promise<number> {
  const { shard, out, 'as-of': day, ...others } = given;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new UsageError(
      `\`--${other}\` does not go with \`--shard\``,
      'give it to `refang merge`, or leave it out',
    );
  if (files.length > 0)
    throw new UsageError(
      '`--shard` takes no FILE',
      'it builds a part of the project: name its files in `inputs` of refang.yaml',
    );
  if (typeof out !== 'string')
    throw new UsageError(
      '`--shard` needs `--out`',
      'give each part a folder of its own: `--shard 2/4 --out parts/2`',
    );
  const asOf = readDay(day as string | undefined);
  const which = readShard(String(shard));
  const { session, indicators } = await withProgress((line) =>
    buildShard({
      shard: which,
      out,
      ownsProcess: true,
      ...(asOf && { asOf }),
      ...(line && { progress: line, patience: { told: (holder) => tellWait(holder, line) } }),
    }),
  );
  const code = failureCode(session);
  if (code === undefined) {
    const part = `part ${which.number} of ${which.of}: ${counted(indicators, 'indicator')}`;
    process.stderr.write(`${part}\nwrote ${out}\n`);
    return 0;
  }
  await printForPeople(session.diagnostics);
  return code;
}

/** `2/4`. Throws UsageError. */
function readShard(text: string): Shard {
  const [, number, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  if (number !== undefined && of !== undefined && number >= 1 && number <= of && of <= MOST)
    return { number, of };
  throw new UsageError(
    `\`${text}\` is no part`,
    `write \`--shard\` as I/N, from 1/N to N/N, N at most ${MOST}`,
  );
}
