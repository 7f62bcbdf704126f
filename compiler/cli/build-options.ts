/** What `refang build` is asked for on the command line. */

import type { BuildOptions } from '../build.ts';
import { readArguments, readDay } from './verb.ts';

const OPTIONS = {
  out: { type: 'string' },
  target: { type: 'string' },
  'as-of': { type: 'string' },
  check: { type: 'boolean' },
  provenance: { type: 'boolean' },
  sign: { type: 'string' },
  strict: { type: 'boolean' },
  'allow-shrink': { type: 'boolean' },
  watch: { type: 'boolean' },
} as const;

/** The options of a build, and whether it goes on. Throws UsageError. */
export function readBuildOptions(args: readonly string[]): { options: BuildOptions; watch: boolean } {
  const { values, positionals } = readArguments('build', args, OPTIONS);
  const asOf = readDay(values['as-of']);
  const options: BuildOptions = {
    files: positionals,
    ...(values.out !== undefined && { out: values.out }),
    ...(values.target !== undefined && { targets: values.target.split(',') }),
    ...(asOf && { asOf }),
    ...(values.check && { check: true }),
    ...(values.strict && { strict: true }),
    ...(values['allow-shrink'] && { allowShrink: true }),
    ...(values.provenance && { provenance: true }),
    ...(values.sign !== undefined && { sign: values.sign }),
  };
  return { options, watch: values.watch === true };
}
