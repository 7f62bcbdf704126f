import { expect, test } from 'vitest';
import {
  findResolver,
  needResolver,
  type ResolverProgram,
} from '../../../../compiler/prove/engines/resolvers/resolver-program.ts';
import { isolation } from '../../../../compiler/prove/process.ts';

/** `env --version` tells one: `env (GNU coreutils) 9.1`. */
const ENV: ResolverProgram = { name: 'Env', program: 'env', ask: ['--version'], version: /(\d+\.\d+)/ };

test.each([
  ['its program', { ...ENV, program: 'no-such-resolver' }],
  ['another program that it needs', { ...ENV, others: ['no-such-checker'] }],
])('a resolver without %s is not installed', async (_, wanted) => {
  expect(await findResolver(wanted)).toEqual({
    available: false,
    why: 'Env is not installed',
    install: 'run scripts/install-engines.sh',
  });
  await expect(needResolver(wanted)).rejects.toThrow('Env is not available');
});

test.skipIf(!(await isolation()))(
  'one that is there tells its version [needs a network namespace]',
  async () => {
    expect(await findResolver(ENV)).toEqual({
      available: true,
      version: expect.stringMatching(/^\d+\.\d+$/),
    });
    expect((await needResolver(ENV)).program).toMatch(/\/env$/);
    expect(await findResolver({ ...ENV, version: /no version here (.*)/ })).toMatchObject({
      available: false,
      why: 'Env does not tell its version',
    });
  },
);
