import { describe, expect, test } from 'vitest';
import { switchDiagnostics } from '../../compiler/plan/switch.ts';
import { fatesOf, type Given, planOf, setOf, targetOf } from './help.ts';

const BEYOND = 'they are looked up in a list';
const TARGET = targetOf({
  rules: { takes: ['domain', 'ip'], subdomains: true, networks: true, upto: 3, beyond: BEYOND },
  below: {
    takes: { domain: { where: { subdomains: [true] } } },
    subdomains: true,
    above: 3,
    counts: 'rules',
  },
  exact: { takes: { domain: { where: { subdomains: [false] } } }, above: 3, counts: 'rules' },
  addresses: { takes: ['ip'], networks: true, above: 3, counts: 'rules' },
});
const NAMES: Given[] = ['a.example', 'b.example'].map((name) => ['domain', name]);
const EXACT: Given = ['domain', 'c.example', { match: 'exact' }];
const ADDRESS: Given = ['ip', '192.0.2.1'];

const entriesOf = (given: readonly Given[]) =>
  planOf(setOf(given), TARGET).outputs[0]?.passes.map(({ pass, entries }) => [pass.name, entries.length]);
const toldOf = (given: readonly Given[], target = TARGET) =>
  switchDiagnostics('test', planOf(setOf(given), target));

describe('passes that count the indicators of another', () => {
  test('stand back together with it', () => {
    expect(entriesOf([...NAMES, EXACT])).toEqual([
      ['rules', 3],
      ['below', 0],
      ['exact', 0],
      ['addresses', 0],
    ]);
  });

  test('step in together, however few indicators each has', () => {
    expect(entriesOf([...NAMES, EXACT, ADDRESS])).toEqual([
      ['rules', 0],
      ['below', 2],
      ['exact', 1],
      ['addresses', 1],
    ]);
    expect(fatesOf(setOf([...NAMES, EXACT, ADDRESS]), TARGET)).toEqual([
      'a.example emitted',
      'b.example emitted',
      'c.example emitted',
      '192.0.2.1 emitted',
    ]);
  });

  test('count those of their own tier', () => {
    const passes = {
      rules: { takes: ['domain'], upto: 1 },
      list: { takes: ['domain'], above: 1, counts: 'rules' },
    };
    const outputs = [{ file: '{{tier}}.txt', template: 'rules.hbs', by: 'tier', passes }];
    const target = targetOf({}, { effect: 'block', tiers: ['block', 'watch'], outputs });
    const set = setOf([...NAMES, ['domain', 'old.example', { status: 'historical' }]]);
    const used = planOf(set, target).outputs.map(({ output, passes: planned }) => [
      output.tier,
      ...planned.filter(({ entries }) => entries.length > 0).map(({ pass }) => pass.name),
    ]);
    expect(used).toEqual([
      ['block', 'list'],
      ['watch', 'rules'],
    ]);
  });
});

describe('what is lost is told', () => {
  test('with the number of indicators, once it is lost', () => {
    expect(toldOf([...NAMES, EXACT])).toEqual([]);
    expect(toldOf([...NAMES, EXACT, ADDRESS])).toEqual([
      {
        code: 'RF720',
        severity: 'hint',
        message: `\`test\` has 4 indicators for \`rules\`, which is for at most 3: ${BEYOND}`,
      },
    ]);
  });

  test('by passes that say it alone', () => {
    const target = targetOf({
      rules: { takes: ['domain'], upto: 1 },
      list: { takes: ['domain'], above: 1 },
    });
    expect(toldOf(NAMES, target)).toEqual([]);
  });
});
