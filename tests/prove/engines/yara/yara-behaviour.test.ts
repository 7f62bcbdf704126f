import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import type { Case } from '../../../../compiler/prove/behaviour.ts';
import type { Engine } from '../../../../compiler/prove/engine.ts';
import { yara } from '../../../../compiler/prove/engines/yara/yara.ts';
import { buffersOf } from '../../../../compiler/prove/engines/yara/yara-buffers.ts';
import { yaraX } from '../../../../compiler/prove/engines/yara/yara-x.ts';
import { standInFile } from '../../../../compiler/prove/stand-ins.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const ASCII = ['ASCII alone', 'ASCII on a line', 'ASCII in quotes'];
const UTF16 = ['UTF-16 alone', 'UTF-16 between NULs', 'UTF-16 in quotes'];

const caseOf = (text: string, id = 0, kind: Kind = 'domain'): Case => ({
  id,
  kind,
  text,
  expect: 'match',
  about: '',
});

const rule = (name: string, strings: string, meta = '') =>
  `rule ${name} { ${meta && `meta: ${meta}`} strings: ${strings} condition: any of them }`;

/** The carriers in which a text is found by any rule. */
async function found(engine: Engine, source: string, text: string): Promise<string[]> {
  const report = await engine.behave?.({ files: writeFiles({ 'a.yar': source }), cases: [caseOf(text)] });
  return (report?.observations ?? []).filter(({ rules }) => rules.length > 0).map(({ carrier }) => carrier);
}

test('buffers hold the text in all carriers, and a stand-in for a hash', () => {
  const cases = [
    caseOf('é.x', 4),
    { ...caseOf('0'.repeat(32), 5, 'hash'), standIn: 7 },
    caseOf('0', 6, 'ja3'),
  ];
  const buffers = buffersOf([...cases, caseOf('0'.repeat(32), 7, 'hash')]);
  expect(buffers.map(({ case: shown, carrier }) => [shown, carrier])).toEqual([
    ...[...ASCII, ...UTF16].map((carrier) => [4, carrier]),
    [5, 'file'],
  ]);
  const hex = buffers.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
  expect(hex[0]).toBe('c3a92e78');
  expect(Buffer.from(hex[1] as string, 'hex').toString()).toBe('first line\r\né.x\r\nlast line\r\n');
  expect(hex[3]).toBe('e9002e007800');
  expect(Buffer.from(hex[4] as string, 'hex').toString('utf16le')).toBe('first\0é.x\0last\0');
  expect(buffers[6]?.bytes).toEqual(standInFile(7));
});

test('a text with a quote is not shown in quotes, which it would end', () => {
  const carriers = buffersOf([caseOf('a"b')]).map(({ carrier }) => carrier);
  expect(carriers).toEqual([...ASCII, ...UTF16].filter((carrier) => !carrier.endsWith('in quotes')));
});

for (const engine of [yara, yaraX]) {
  const yaraTest = await engineTest(engine.name);
  const host = '"host.example" ascii wide nocase fullword';

  describe(`${engine.name}, shown buffers`, () => {
    yaraTest('finds a text in all carriers, and no near miss', async () => {
      const source = rule('A', `$a = ${host}`);
      expect(await found(engine, source, 'HOST.example')).toEqual([...ASCII, ...UTF16]);
      for (const miss of ['evilhost.example', 'host.examples', 'hostxexample']) {
        expect(await found(engine, source, miss)).toEqual([]);
      }
    });

    const faults = [
      [
        'a word that need not be whole',
        '"host.example" ascii wide nocase',
        'evilhost.example',
        [...ASCII, ...UTF16],
      ],
      ['a dot that stands for anything', '/host.example/ nocase', 'hostxexample', ASCII],
      ['letter case that counts', '"host.example" ascii wide fullword', 'HOST.example', []],
      ['UTF-16 forgotten', '"host.example" nocase fullword', 'host.example', ASCII],
      ['a text that must begin a file', '/^host\\.example/', 'host.example', ['ASCII alone']],
      ['a text that must stand in quotes', '/"host\\.example"/', 'host.example', ['ASCII in quotes']],
    ] as const;
    for (const [title, string, text, carriers] of faults) {
      yaraTest(`shows ${title}`, async () => {
        expect(await found(engine, rule('A', `$a = ${string}`), text)).toEqual(carriers);
      });
    }

    yaraTest('hashes stand-ins', async () => {
      const md5 = (n: number) => createHash('md5').update(standInFile(n)).digest('hex');
      const source = `import "hash"\nrule H { condition: hash.md5(0, filesize) == "${md5(3)}" }`;
      const cases = [3, 4].map((standIn, id) => ({ ...caseOf(md5(3), id, 'hash'), standIn }));
      const report = await engine.behave?.({ files: writeFiles({ 'a.yar': source }), cases });
      expect(report?.observations).toEqual([
        { case: 0, carrier: 'file', rules: ['H'] },
        { case: 1, carrier: 'file', rules: [] },
      ]);
    });

    yaraTest('tells rules by id or name, over several files, whatever their meta holds', async () => {
      const hostile = String.raw`id = "uuid-1" text = "] /x/buffers/0\nZ /x/buffers/0" n = -1`;
      const files = writeFiles({
        'a.yar': rule('A', `$a = ${host}`, hostile),
        'b.yar': `${rule('B', `$a = ${host}`)}\n${rule('C', '$a = "other.example"', 'id = "uuid-3"')}
          private rule P { condition: true }`,
      });
      const cases = [caseOf('host.example', 8), caseOf('none.example', 9)];
      const report = await engine.behave?.({ files, cases });
      expect(report).toMatchObject({ engine: engine.name, rules: ['uuid-1', 'B', 'uuid-3'], notCarried: [] });
      const rules = (shown: number) =>
        report?.observations.filter((one) => one.case === shown).map((one) => [...one.rules].sort());
      expect(rules(8)).toEqual(Array(6).fill(['B', 'uuid-1']));
      expect(rules(9)).toEqual(Array(6).fill([]));
    });

    yaraTest('finds texts that are hostile to programs', async () => {
      for (const text of ["a'b\\c\nd", '\u0001 -r /etc', 'домен.example \u{1f600}']) {
        const bytes = [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
        expect(await found(engine, rule('A', `$a = { ${bytes} }`), text)).toEqual(ASCII);
      }
    });

    yaraTest('keeps what was scanned, and says how to scan it again', async () => {
      const [file] = writeFiles({ 'a.yar': rule('A', `$a = ${host}`) });
      const keep = join(file as string, '..', 'kept');
      const request = {
        files: [file as string],
        cases: [caseOf('host.example'), caseOf('0', 1, 'ja4')],
        keep,
      };
      await engine.behave?.({ ...request, cases: [caseOf('a.example'), caseOf('b.example', 1)] });
      const report = await engine.behave?.(request);
      expect(readdirSync(join(keep, 'buffers'))).toEqual(['0', '1', '2', '3', '4', '5']);
      expect(readFileSync(join(keep, 'matches.txt'), 'utf8').match(/^A \S+$/gm)).toHaveLength(6);
      expect(report?.command).toMatch(/^(\S*yara -C \S+rules\.yac|yr scan \S+a\.yar) \S+kept\/buffers$/);
      expect(report?.notCarried).toEqual([
        { kind: 'ja4', why: 'it is computed from what is sent and does not stand in a file' },
      ]);
    });

    yaraTest('refuses rules that do not compile', async () => {
      await expect(found(engine, 'rule A { condition: nope }', 'x')).rejects.toThrow(/nope|undefined/);
    });
  });
}
