import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { readSettings } from '../../compiler/source/settings.ts';
import { pointedAt } from './help.ts';

const read = (text: string) => readSettings(new SourceFile('refang.yaml', text));

test('all that a policy says, of an effect and of a target', () => {
  const policy =
    '{status: active, confidence: 90, tlp: amber, lifetimes: {ip: 30, domain: 365}, severity: {critical: high, historical: informational}}';
  const said = {
    status: ['active'],
    confidence: 90,
    tlp: 'amber',
    lifetimes: { ip: 30, domain: 365 },
    severity: { critical: 'high', historical: 'informational' },
  };
  const { settings, diagnostics } = read(
    `policy: {block: ${policy}}\ntargets: [zeek, {name: nftables, policy: ${policy}}]\n`,
  );
  expect(diagnostics).toEqual([]);
  expect(settings?.policy).toEqual({ block: said });
  expect(settings?.targets?.map(({ policy: own }) => own.says)).toEqual([{}, said]);
});

test('what is left out says nothing', () => {
  const { settings } = read('targets: [{name: zeek}, {name: nftables, policy: {}}]\npolicy: {hunt: {}}\n');
  expect(settings?.policy).toEqual({ hunt: {} });
  expect(settings?.targets?.map(({ policy }) => [policy.says, policy.places.size])).toEqual([
    [{}, 0],
    [{}, 0],
  ]);
});

test('places are those of the keys', () => {
  const text =
    'targets:\n  - name: nftables\n    policy:\n      tlp: red\n      lifetimes: {ip: 30, cidr: 5}\n';
  const places = read(text).settings?.targets?.[0]?.policy.places ?? new Map();
  expect([...places].map(([key, { start }]) => [key, text.slice(start).split(':')[0]])).toEqual([
    ['tlp', 'tlp'],
    ['lifetimes', 'lifetimes'],
    ['lifetimes.ip', 'ip'],
    ['lifetimes.cidr', 'cidr'],
  ]);
});

/** `code at: message; label; help` */
function told(diagnostic: Diagnostic): string {
  const { code, message, label, help } = diagnostic;
  return [`${code} ${pointedAt(diagnostic)}: ${message}`, label, help].filter(Boolean).join('; ');
}

const KEYS = 'the keys are `status`, `confidence`, `tlp`, `lifetimes` and `severity`';
const SEVERITIES = '`informational`, `low`, `medium`, `high` or `critical`';
const KINDS =
  'the keys are `domain`, `ip`, `cidr`, `endpoint`, `url`, `email`, `hash`, `ja3`, `ja3s`, `ja4`, `certificate`, `user_agent`, `file_name`, `file_path`, `registry_key` and `mutex`';

describe('what is refused, the same of an effect and of a target', () => {
  const cases: [policy: string, told: string][] = [
    ['{confidence: -1}', 'RF205 -1: `-1` is out of range: at least 0'],
    ['{confidence: 101}', 'RF205 101: `101` is out of range: at most 100'],
    ['{confidence: 1.5}', 'RF203 1.5: `1.5` stands where a whole number should be; write it in digits'],
    ['{confidence: high}', 'RF203 high: `high` stands where a number should be; write it in digits'],
    [
      '{confidense: 5}',
      'RF201 confidense: `confidense` is not a key of `PATH`; did you mean `confidence`?; write `confidence`',
    ],
    ['{detect: {confidence: 5}}', `RF201 detect: \`detect\` is not a key of \`PATH\`; ${KEYS}`],
    [
      '{status: old}',
      'RF204 old: `old` is not `active`, `historical` or `revoked`; use `active`, `historical` or `revoked`',
    ],
    [
      '{tlp: ambre}',
      'RF204 ambre: `ambre` is not `clear`, `green`, `amber`, `amber+strict` or `red`; did you mean `amber`?; use `clear`, `green`, `amber`, `amber+strict` or `red`',
    ],
    ['{lifetimes: {ip: -1}}', 'RF205 -1: `-1` is out of range: at least 1'],
    ['{lifetimes: {ip: 0}}', 'RF205 0: `0` is out of range: at least 1'],
    ['{lifetimes: {ip: 36501}}', 'RF205 36501: `36501` is out of range: at most 36500'],
    ['{lifetimes: {ip: 0.5}}', 'RF203 0.5: `0.5` stands where a whole number should be; write it in digits'],
    [
      '{lifetimes: {ip: "30"}}',
      'RF203 30: `30` stands in quotes where a number should be; write `30` without quotes',
    ],
    ['{lifetimes: {ip: never}}', 'RF203 never: `never` stands where a number should be; write it in digits'],
    ['{lifetimes: {ip: }}', 'RF209 ip: `ip` has no value'],
    [
      '{lifetimes: {domian: 30}}',
      'RF201 domian: `domian` is not a key of `PATH.lifetimes`; did you mean `domain`?; write `domain`',
    ],
    ['{lifetimes: {file: 30}}', `RF201 file: \`file\` is not a key of \`PATH.lifetimes\`; ${KINDS}`],
    [
      '{lifetimes: 30}',
      'RF203 30: `30` stands where a map should be; write its keys below it, indented, each as `key: value`',
    ],
    [
      '{severity: {critcal: high}}',
      'RF201 critcal: `critcal` is not a key of `PATH.severity`; did you mean `critical`?; write `critical`',
    ],
    [
      '{severity: {critical: hgh}}',
      `RF204 hgh: \`hgh\` is not ${SEVERITIES}; did you mean \`high\`?; use ${SEVERITIES}`,
    ],
    ['{severity: {historical: 1}}', `RF204 1: \`1\` is not ${SEVERITIES}; use ${SEVERITIES}`],
    [
      '{severity: low}',
      'RF203 low: `low` stands where a map should be; write its keys below it, indented, each as `key: value`',
    ],
    [
      'strict',
      'RF203 strict: `strict` stands where a map should be; write its keys below it, indented, each as `key: value`',
    ],
  ];
  const places: [path: string, text: (policy: string) => string][] = [
    ['policy.block', (policy) => `policy: {block: ${policy}}\n`],
    ['targets.policy', (policy) => `targets: [{name: nftables, policy: ${policy}}]\n`],
  ];
  describe.each(places)('%s', (path, text) => {
    test.each(cases)('%s', (policy, expected) => {
      const { settings, diagnostics } = read(text(policy));
      expect(settings).toBeUndefined();
      expect(diagnostics.map(told)).toEqual([expected.replace('PATH', path)]);
    });
  });
});
