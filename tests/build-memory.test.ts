/** Builds in one process that remember the one before write and tell what builds without a memory do. */

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BuildMemory } from '../compiler/build-memory.ts';
import { build } from '../compiler/index.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { filesBelow, folderWith } from './temporary.ts';

const DAY = '2026-01-10';

/** The project with groups that are split, with rules that name others, and with shipped targets. */
const FILES = {
  ...PROJECT,
  'refang.yaml':
    'targets: [mine, placed, wall, sigma, suricata, yara]\npublisher: {name: Example, id: example, prefix: EXAMPLE}\n',
  'templates/mine/target.yaml': (PROJECT['templates/mine/target.yaml'] as string).replace(
    'group: context}',
    'group: context, pack: {count: 2}}',
  ),
  'templates/placed/target.yaml': PROJECT['templates/mine/target.yaml'] as string,
  'templates/placed/rules.hbs':
    '{{#each names}}\n{{@index}} {{value}} {{sid}} {{rev}}{{#if @last}}.{{/if}}\n{{/each}}\n',
  'templates/placed/groups.hbs': '{{#each groups}}\n{{sid}} {{rev}} {{count}}\n{{/each}}\n',
};

function replaced(path: string, from: string, to: string): (folder: string) => void {
  return (folder) =>
    writeFileSync(join(folder, path), readFileSync(join(folder, path), 'utf8').replace(from, to));
}

const EDITS: Readonly<Record<string, (folder: string) => void>> = {
  nothing: () => {},
  'a name more': (folder) => appendFileSync(join(folder, 'indicators.yaml'), '  - domain: new.example\n'),
  'a name of the first group more': replaced(
    'indicators.yaml',
    'host[.]example\n',
    'host[.]example\n      b.example\n',
  ),
  'a name less': replaced('indicators.yaml', '      old[.]example\n', ''),
  'another severity': replaced('indicators.yaml', 'severity: low', 'severity: critical'),
  'another note': replaced('indicators.yaml', 'severity: low', 'severity: low\n    note: seen twice'),
  'another title': replaced('indicators.yaml', 'A sample', 'Another sample'),
  revoked: replaced('indicators.yaml', 'severity: low', 'severity: low\n    status: revoked'),
  'the old indicators': (folder) => writeFileSync(join(folder, 'indicators.yaml'), INDICATORS),
  'another prefix': replaced('refang.yaml', 'prefix: EXAMPLE', 'prefix: OTHER'),
  'another template': replaced('templates/mine/rules.hbs', '{{value}}', '{{value}}!'),
  'another policy': replaced(
    'refang.yaml',
    'publisher:',
    'policy: {detect: {severity: {high: critical}}}\npublisher:',
  ),
};

test('whatever changes from one build to the next', async () => {
  const edits = fc.array(fc.constantFrom(...Object.keys(EDITS)), { minLength: 1, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(fc.array(edits, { minLength: 2, maxLength: 6 }), async (steps) => {
      const folder = folderWith(FILES);
      const twin = folderWith(FILES);
      const memory = new BuildMemory();
      for (const names of steps) {
        for (const name of names) for (const where of [folder, twin]) EDITS[name]?.(where);
        const [one, other] = [
          await build({ cwd: folder, asOf: DAY, memory }),
          await build({ cwd: twin, asOf: DAY }),
        ];
        expect(one.session.diagnostics.map(({ message }) => message)).toEqual(
          other.session.diagnostics.map(({ message }) => message),
        );
        expect(filesBelow(folder)).toEqual(filesBelow(twin));
      }
    }),
    { numRuns: 12 },
  );
}, 240_000);

describe('what is remembered is not rendered', () => {
  /** The project, its second build after an edit, and how often the template of names was asked in that. */
  async function asked(edit: keyof typeof EDITS): Promise<number> {
    const folder = folderWith(FILES);
    let calls = 0;
    const memory = new BuildMemory();
    const precompiled = (name: string) =>
      name === 'mine'
        ? {
            files: Object.fromEntries(
              ['target.yaml', 'rules.hbs', 'groups.hbs'].map((file) => [
                file,
                readFileSync(join(folder, 'templates/mine', file), 'utf8'),
              ]),
            ),
            raw: RAW as never,
            templates: () => ({
              templates: {
                'rules.hbs': {
                  fragments: 0,
                  pieces: [
                    {
                      type: 'each' as const,
                      pass: 'names',
                      placed: false,
                      numbered: false,
                      otherwise: [],
                      prepare: (view: Readonly<Record<string, unknown>>) => {
                        calls += 1;
                        return () => `${view.value} ${view.sid}\n`;
                      },
                    },
                  ],
                },
              },
              paths: {},
            }),
          }
        : undefined;
    const options = { cwd: folder, asOf: DAY, targets: ['mine'], memory, precompiled };
    await build(options);
    calls = 0;
    EDITS[edit]?.(folder);
    const { session } = await build(options);
    expect(session.failed).toBeUndefined();
    return calls;
  }

  const RAW = {
    title: 'Test rules',
    about: 'One line a name.',
    effect: 'detect',
    syntax: 'suricata',
    identity: 'sid',
    options: { sid: { type: 'range', default: [1000, 9999], about: 'First and last sid.' } },
    unsupported: { others: 'they are not seen here' },
    outputs: [
      {
        file: 'rules.txt',
        template: 'rules.hbs',
        passes: { names: { takes: ['domain'], subdomains: true, identity: true } },
      },
    ],
  };

  test.each<[edit: keyof typeof EDITS, calls: number]>([
    ['nothing', 0],
    ['a name more', 1],
    ['a name less', 0],
    ['another severity', 1],
    ['another title', 3],
    ['another prefix', 3],
    ['another policy', 3],
  ])('%s: %i', async (edit, calls) => {
    expect(await asked(edit)).toBe(calls);
  });
});
