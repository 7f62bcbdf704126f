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
  shard: { type: 'string' },
} as const;

/** What was asked for. */
export interface Asked {
  options: BuildOptions;
  /** Whether it goes on. */
  watch: boolean;
  /** The options as they were given, for a build of one part. */
  given: Readonly<Record<string, string | boolean | undefined>>;
}

/** Throws UsageError. */
export function readBuildOptions(args: readonly string[]): Asked {
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
  return { options, watch: values.watch === true, given: values };
}
