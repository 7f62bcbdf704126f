/** What a language cannot say is the fate of its indicator, and does not stop the build. */

import { expect, test } from 'vitest';
import { project } from '../targets/own-target.ts';

const OUTPUT = `effect: detect
outputs:
  - {file: agents.txt, syntax: line, template: list.hbs, passes: {agents: {takes: [user_agent, domain]}}}
`;
const LIST = { 'list.hbs': '{{#each agents}}\n{{value}}\n{{/each}}\n' };

test('the others are written, and the reason is that of the escaper', async () => {
  const { texts, fates } = await project(
    OUTPUT,
    LIST,
  )('  - user_agent: ["#first", "second (x)"]\n  - domain: host.example\n');
  expect(texts['agents.txt']).toBe('host.example\nsecond (x)\n');
  expect(fates).toEqual({ emitted: 2, covered: 0, approximated: 0, withheld: 0, unsupported: 1 });
});

test('a group without the one that cannot be written', async () => {
  const { texts, fates } = await project(
    `effect: detect
identity: uuid
outputs:
  - {file: agents.txt, syntax: line, template: list.hbs, passes: {agents: {takes: [user_agent], group: context}}}
`,
    { 'list.hbs': '{{#each agents}}\n{{#each members}}\n{{value}}\n{{/each}}\n{{/each}}\n' },
  )('  - user_agent: ["#first", "second (x)"]\n');
  expect(texts['agents.txt']).toBe('second (x)\n');
  expect(fates?.unsupported).toBe(1);
});

test('a name that ends as the triggers of a response policy zone do', async () => {
  const { fates } = await project(
    `effect: detect
outputs:
  - {file: zone, syntax: zone, template: zone.hbs, passes: {names: {takes: [domain]}}}
`,
    { 'zone.hbs': '{{#each names}}\n{{owner value}} CNAME .\n{{/each}}\n' },
  )('  - domain: [host.example, host.rpz-ip]\n');
  expect(fates).toEqual({ emitted: 1, covered: 0, approximated: 0, withheld: 0, unsupported: 1 });
});

test('a pass that can write it is enough', async () => {
  const { texts, fates } = await project(
    `${OUTPUT}  - {file: agents.csv, template: csv.hbs, passes: {all: {takes: [user_agent]}}}\n`,
    { ...LIST, 'csv.hbs': '{{#each all}}\n{{value}}\n{{/each}}\n' },
  )('  - user_agent: "#first"\n');
  expect(texts).toEqual({ 'agents.txt': '', 'agents.csv': '#first\n' });
  expect(fates?.emitted).toBe(1);
});
