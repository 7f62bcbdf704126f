/** `refang merge`. */

import { type MergeOptions, merge } from '../merge.ts';
import { tellWait } from './build.ts';
import { toldOf } from './build-text.ts';
import { withProgress } from './progress-line.ts';
import { precompiledTemplates } from './report.ts';
import { printTold } from './told.ts';
import { readArguments, UsageError, type Verb } from './verb.ts';

const USAGE = `refang merge DIR…: make of the parts that \`refang build --shard\` wrote what \`refang build\` makes, byte for byte.

  --out DIR         the folder to write (default: \`out\` of refang.yaml, or out)
  --target A,B      only these targets; the files of others stay
  --check           write nothing; exit 1 when the folder is not what a merge would write
  --strict          tell what a target withholds, approximates or cannot say, and exit 1
  --allow-shrink    write also where a target loses more than \`limits.shrink\` of refang.yaml, or all
  --provenance      also write where the files come from, as provenance.json
  --sign KEYFILE    the same, signed, as provenance.dsse.json; KEYFILE is a private key in PEM

It runs in the project, with the settings, templates and the lock of a build; feeds need not be there. The day is that
of the parts.
`;

const OPTIONS = {
  out: { type: 'string' },
  target: { type: 'string' },
  check: { type: 'boolean' },
  provenance: { type: 'boolean' },
  sign: { type: 'string' },
  strict: { type: 'boolean' },
  'allow-shrink': { type: 'boolean' },
} as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('merge', args, OPTIONS);
    if (positionals.length === 0)
      throw new UsageError('`merge` needs the folders of all parts', 'see `refang merge --help`');
    const options: MergeOptions = {
      folders: positionals,
      ownsProcess: true,
      precompiled: precompiledTemplates(),
      ...(values.out !== undefined && { out: values.out }),
      ...(values.target !== undefined && { targets: values.target.split(',') }),
      ...(values.check && { check: true }),
      ...(values.strict && { strict: true }),
      ...(values['allow-shrink'] && { allowShrink: true }),
      ...(values.provenance && { provenance: true }),
      ...(values.sign !== undefined && { sign: values.sign }),
    };
    const report = await withProgress((line) =>
      merge({
        ...options,
        ...(line && { progress: line, patience: { told: (holder) => tellWait(holder, line) } }),
      }),
    );
    return printTold(await toldOf(report, options));
  },
};
