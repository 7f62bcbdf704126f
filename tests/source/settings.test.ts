import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../compiler/source/settings.ts';
import { placed } from './help.ts';

function read(text: string) {
  return readSettings(new SourceFile('refang.yaml', text));
}

test('an empty file means the defaults', () => {
  expect(read('# nothing\n')).toEqual({ settings: DEFAULT_SETTINGS, diagnostics: [] });
  expect(read('out: dist\n').settings).toEqual({ ...DEFAULT_SETTINGS, out: 'dist' });
  expect(read('publisher: {id: example-cert}\n').settings?.publisher).toEqual({
    ...{ name: 'Refang', id: 'example-cert', prefix: 'REFANG' },
  });
});

test('everything', () => {
  const text = `publisher: {name: Example CERT, id: example-cert, prefix: EXAMPLE}
inputs: [indicators.yaml, feeds/*.yaml]
out: dist
targets: [sigma, {name: nftables, options: {table: refang, size: 0x10, log: true}}]
policy: {block: {confidence: 80, status: active}, share: {status: [active, historical], tlp: amber}}
`;
  const { settings, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  const at = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);
  expect(settings?.publisher).toEqual({ name: 'Example CERT', id: 'example-cert', prefix: 'EXAMPLE' });
  expect(settings?.inputs.map((one) => [one.pattern, at(one.span)])).toEqual([
    ['indicators.yaml', 'indicators.yaml'],
    ['feeds/*.yaml', 'feeds/*.yaml'],
  ]);
  expect(settings?.out).toBe('dist');
  expect(settings?.targets?.map((one) => [one.name, at(one.span)])).toEqual([
    ['sigma', 'sigma'],
    ['nftables', 'nftables'],
  ]);
  expect(
    [...(settings?.targets?.[1]?.options ?? [])].map(([key, one]) => [key, one.value, at(one.span)]),
  ).toEqual([
    ['table', 'refang', 'refang'],
    ['size', 16, '0x10'],
    ['log', true, 'true'],
  ]);
  expect(settings?.policy).toEqual({
    block: { confidence: 80, status: ['active'] },
    share: { status: ['active', 'historical'], tlp: 'amber' },
  });
});

test('guards and limits', () => {
  const text = `guards: ["warninglists/*.json", {allow: our-own.txt}]
limits: {blast_radius: 256}
`;
  const { settings, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  expect(
    settings?.guards.map(({ pattern, own, span }) => [pattern, own, text.slice(span.start, span.end)]),
  ).toEqual([
    ['warninglists/*.json', false, 'warninglists/*.json'],
    ['our-own.txt', true, 'our-own.txt'],
  ]);
  expect(settings?.limits).toEqual({ blastRadius: 256, addresses: 16_777_216, shrink: 0.3 });
});

describe('what is refused', () => {
  const cases: [name: string, text: string, told: string[], label?: string][] = [
    ['a key of later', 'shrink: 0.3\n', ['RF201 1:1-1:7']],
    ['a limit of nothing', 'limits: {blast_radius: 0}\n', ['RF205 1:24-1:25']],
    ['a guard that is none', 'guards: [{alow: x.txt}]\n', ['RF201 1:11-1:15'], 'did you mean `allow`?'],
    ['a misspelt key', 'target: [sigma]\n', ['RF201 1:1-1:7'], 'did you mean `targets`?'],
    ['an effect that is none', 'policy: {detct: {}}\n', ['RF201 1:10-1:15'], 'did you mean `detect`?'],
    ['a target without a name', 'targets:\n  - options: {a: b}\n', ['RF202 2:5-2:20']],
    ['a target with a misspelt name', 'targets: [{nmae: x}]\n', ['RF201 1:12-1:16'], 'did you mean `name`?'],
    ['a target that is a list', 'targets: [[sigma]]\n', ['RF203 1:11-1:18']],
    ['a number as the folder', 'out: 1\n', ['RF203 1:6-1:7']],
    ['a confidence over 100', 'policy: {block: {confidence: 101}}\n', ['RF205 1:30-1:33']],
    ['a status that is none', 'policy: {block: {status: [active, old]}}\n', ['RF204 1:35-1:38']],
    ['an id with blanks', 'publisher: {id: Example CERT}\n', ['RF219 1:17-1:29']],
    ['a prefix of 33 characters', `publisher: {prefix: ${'X'.repeat(33)}}\n`, ['RF219 1:21-1:54']],
    ['a prefix with quotes', `publisher: {prefix: 'EX"'}\n`, ['RF219 1:22-1:25']],
    ['text', 'sigma\n', ['RF203 1:1-1:6']],
    ['two errors', 'out: 1\nshrink: 1\n', ['RF203 1:6-1:7', 'RF201 2:1-2:7']],
    ['bad YAML', 'out: "\n', ['RF101 2:1-2:1']],
  ];
  test.each(cases)('%s', (_name, text, told, label) => {
    const { settings, diagnostics } = read(text);
    expect(settings).toBeUndefined();
    expect(diagnostics.map(placed)).toEqual(told);
    expect(diagnostics[0]?.label).toBe(label);
  });
});
