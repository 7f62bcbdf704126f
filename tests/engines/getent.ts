/** glibc as the judge of hosts files: it looks names up in one that is mounted over /etc/hosts, in a namespace of its own. */

import { test } from 'vitest';
import { findProgram, run } from '../../compiler/prove/process.ts';
import { type EngineTest, without } from './require.ts';

const MOUNT = 'mount --bind "$0" /etc/hosts && exec getent -s hosts:files "$@"';

/** The addresses of one family, by name, of those names that the file gives one. */
export async function lookUpInHosts(
  file: string,
  family: 4 | 6,
  names: readonly string[],
): Promise<Record<string, string>> {
  const finished = await run(findProgram('unshare') ?? '', [
    '-rm',
    'sh',
    '-c',
    MOUNT,
    file,
    `ahostsv${family}`,
    ...names,
  ]);
  // 2: not all names were found.
  if (finished.status !== 0 && finished.status !== 2) throw new Error(finished.stderr);
  const found = finished.stdout.matchAll(/^(\S+) +STREAM (\S+)$/gm);
  return Object.fromEntries(Array.from(found, ([, address = '', name = '']) => [name, address]));
}

/** How to define a test that needs it. */
export async function getentTest(): Promise<EngineTest> {
  const works = await lookUpInHosts('/dev/null', 4, ['localhost']).then(
    () => true,
    () => false,
  );
  if (works) return (title, body) => test(title, body as () => void);
  return without('getent', 'it does not look names up in a mount namespace here');
}
