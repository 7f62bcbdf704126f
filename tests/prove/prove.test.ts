/** Proofs of a small project by YARA-X, which is always there. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { build } from '../../compiler/build.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { type ProveOptions, type ProveReport, prove } from '../../compiler/prove/prove.ts';
import { type ProofSummary, summarize } from '../../compiler/prove/summary.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';
import { BOUNDARY, INDICATORS, PROJECT } from './sample.ts';

const AS_OF = '2026-01-01';

// Other engines are looked for on the path: here they are missing.
beforeEach(() => {
  vi.stubEnv('PATH', '');
  return () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  };
});

/** A project as it is after a build. */
async function built(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = folderWith({ ...PROJECT, ...more });
  const { session } = await build({ cwd: folder, asOf: AS_OF });
  expect(session.diagnostics).toEqual([]);
  return folder;
}

async function proved(cwd: string, more: Partial<ProveOptions> = {}): Promise<ProveReport> {
  return prove({ cwd, asOf: AS_OF, ...more });
}

/** What YARA-X says of the target `mine`. */
function byYaraX({ session, proofs }: ProveReport): ProofSummary {
  const proof = proofs.find(({ target, engine }) => target === 'mine' && engine === 'yara-x');
  const set = session.collection?.indicators;
  if (!proof || !set) throw new Error('YARA-X judges it');
  return summarize(proof, set);
}

const FAULTY = {
  'templates/mine/rules.hbs': (PROJECT['templates/mine/rules.hbs'] as string).replace(BOUNDARY, ''),
};

describe('prove', () => {
  test('every indicator that the target takes is shown: what is covered, and hashes by stand-ins', async () => {
    const summary = byYaraX(await proved(await built()));
    expect(summary).toMatchObject({
      rules: 2,
      indicators: { ok: 4, of: 4 },
      problems: [],
      failures: [],
      notChecked: [],
      standIns: 2,
      commands: [],
    });
    expect(summary.witnesses.ok).toBe(summary.witnesses.of);
    expect(summary.witnesses.of).toBeGreaterThan(20);
    expect(summary.nearMisses.ok).toBe(summary.nearMisses.of);
    expect(summary.nearMisses.of).toBeGreaterThan(40);
  });

  test('targets without `check:`, or with one that is not known, are told', async () => {
    expect((await proved(await built())).unjudged).toEqual(['plain']);
    const target = PROJECT['templates/plain/target.yaml'] as string;
    const folder = await built({ 'templates/plain/target.yaml': `${target}check: constructor\n` });
    expect((await proved(folder)).unjudged).toEqual(['plain']);
  });

  test('only the targets that are asked for', async () => {
    const folder = await built();
    const one = await proved(folder, { targets: ['plain'] });
    expect([one.proofs, one.unjudged]).toEqual([[], ['plain']]);
    const other = await proved(folder, { targets: ['mine'] });
    expect([other.proofs.map(({ engine }) => engine), other.unjudged]).toEqual([['yara', 'yara-x'], []]);
  });

  test('an engine that is missing proves nothing, and is told', async () => {
    const { proofs } = await proved(await built());
    const [yara] = proofs;
    expect(yara).toMatchObject({ engine: 'yara', found: { available: false }, runs: [] });
    expect(yara).not.toHaveProperty('load');
  });

  test('a fault in a template: the indicator, what was seen and how, and the rule', async () => {
    const folder = await built(FAULTY);
    const rules = readFileSync(join(folder, 'out/mine/rules.yar'), 'utf8');
    const [, id] = /id = "([^"]*)"/.exec(rules) ?? [];
    const { failures, indicators } = byYaraX(await proved(folder));
    expect(indicators).toEqual({ ok: 4, of: 4 });
    expect(failures).toContainEqual({
      value: 'host.example',
      message: `fires on "evilhost.example" (a longer first label) as ASCII alone, ASCII on a line, ASCII in quotes: rule ${id}`,
    });
    expect(new Set(failures.map(({ value }) => value))).toEqual(new Set(['host.example', 'a.host.example']));
  });

  test('a fault that only stand-ins can show', async () => {
    const template = (PROJECT['templates/mine/rules.hbs'] as string).replace(
      '(0, filesize)',
      '(0, filesize - 1)',
    );
    const { failures } = byYaraX(await proved(await built({ 'templates/mine/rules.hbs': template })));
    expect(new Set(failures.map(({ value }) => value))).toEqual(
      new Set(['00112233445566778899aabbccddeeff', '00112233445566778899aabbccddeeff00112233']),
    );
    expect(failures[0]?.message).toBe('no rule fires');
  });

  test('rules that do not load are a problem, and nothing is shown to them', async () => {
    const template = (PROJECT['templates/mine/rules.hbs'] as string).replaceAll(
      'condition: $text',
      'condition: $other',
    );
    const folder = await built({ 'templates/mine/rules.hbs': template });
    const { problems, notChecked, witnesses } = byYaraX(await proved(folder));
    expect(problems).toEqual([`${join(folder, 'out/mine/rules.yar')}:5: unknown pattern \`$other\``]);
    expect(notChecked).toEqual([{ what: 'all 4', why: 'the files do not load' }]);
    expect(witnesses.of).toBe(0);
  });

  test('an engine that breaks does not keep the others from judging', async () => {
    vi.spyOn(ENGINES.yara, 'find').mockResolvedValue({ available: true, version: '4' });
    vi.spyOn(ENGINES.yara, 'load').mockRejectedValue(new Error('yara did not finish within 120 s'));
    const told: string[] = [];
    const proving = (target: string, engine: string, done: boolean) =>
      told.push(`${target} ${engine} ${done}`);
    const report = await proved(await built(), { proving });
    expect(report.proofs[0]).toMatchObject({ broken: 'yara did not finish within 120 s', runs: [] });
    expect(byYaraX(report)).toMatchObject({ indicators: { ok: 4, of: 4 }, problems: [] });
    expect(told.sort()).toEqual([
      'mine yara false',
      'mine yara true',
      'mine yara-x false',
      'mine yara-x true',
    ]);
  });

  test('a fault of our own is not taken for one of the engine', async () => {
    vi.spyOn(ENGINES['yara-x'], 'load').mockRejectedValue(new TypeError('x is not a function'));
    await expect(proved(await built())).rejects.toThrow('x is not a function');
  });

  test('a target of which nothing is left', async () => {
    const yaml = INDICATORS.replace(/ {2}- domain.*\n/, '').replace(/ {2}- file.*\n/, '');
    const summary = byYaraX(await proved(await built({ 'indicators.yaml': yaml })));
    expect(summary).toMatchObject({
      indicators: { ok: 0, of: 0 },
      problems: [],
      failures: [],
      notChecked: [],
    });
  });
});

describe('the folder', () => {
  test('one that is not what a build would write: told, and nothing is proven', async () => {
    const folder = await built();
    writeFiles(folder, { 'out/mine/rules.yar': 'rule other { condition: true }\n' });
    const { stale, proofs, session } = await proved(folder);
    expect([stale, proofs, session.failed]).toEqual([['mine/rules.yar (differs)'], [], undefined]);
  });

  test('none at all', async () => {
    const { stale, proofs } = await proved(folderWith(PROJECT));
    expect(stale).toContain('mine/rules.yar (missing)');
    expect(proofs).toEqual([]);
  });

  test('inputs with errors prove nothing', async () => {
    const folder = await built();
    writeFiles(folder, { 'indicators.yaml': INDICATORS.replace('host.example', 'host example') });
    const { session, proofs } = await proved(folder);
    expect([session.failed, proofs]).toEqual(['input', []]);
  });

  test('nothing in the project is written or changed', async () => {
    const folder = await built(FAULTY);
    const before = filesBelow(folder);
    await proved(folder);
    expect(filesBelow(folder)).toEqual(before);
  });

  test('another file, in another folder', async () => {
    const folder = await built();
    writeFiles(folder, { 'more.yaml': INDICATORS.replace('host.example, ', 'more.example, ') });
    const options = { files: ['more.yaml'], out: 'other', targets: ['mine'] };
    await build({ cwd: folder, asOf: AS_OF, ...options });
    const report = await proved(folder, options);
    expect(report.stale).toEqual([]);
    expect(byYaraX(report)).toMatchObject({ rules: 3, indicators: { ok: 4, of: 4 }, failures: [] });
  });
});

describe('keep', () => {
  test('leaves the input and the answers, and the rules of stand-ins; the command runs on them', async () => {
    const folder = await built();
    const keep = join(folder, 'kept');
    const { commands } = byYaraX(await proved(folder, { keep: 'kept' }));
    const [listed, standIns] = ['listed', 'stand-ins'].map((of) => join(keep, 'mine/yara-x', of)) as [
      string,
      string,
    ];
    const standInRules = join(standIns, 'rules/out/mine/rules.yar');
    expect(commands).toEqual([
      `yr scan ${join(folder, 'out/mine/rules.yar')} ${listed}/buffers`,
      `yr scan ${standInRules} ${standIns}/buffers`,
    ]);
    const files = filesBelow(keep);
    expect(files['mine/yara-x/listed/buffers/0']).toBe('host.example');
    expect(files['mine/yara-x/stand-ins/buffers/0']).toMatch(/^Refang: stand-in for a listed file/);
    expect(readFileSync(standInRules, 'utf8')).not.toContain('00112233');
  });

  test('again into the same folder', async () => {
    const folder = await built();
    await proved(folder, { keep: 'kept' });
    const first = filesBelow(join(folder, 'kept'));
    expect(byYaraX(await proved(folder, { keep: 'kept' })).failures).toEqual([]);
    expect(filesBelow(join(folder, 'kept'))).toEqual(first);
  });
});
