import { describe, expect, test } from 'vitest';
import type { Lock } from '../../compiler/identity/lock.ts';
import { Register } from '../../compiler/identity/register.ts';
import type { Context } from '../../compiler/indicators/context.ts';
import { DEFAULT_POLICY } from '../../compiler/plan/policy.ts';
import type { Language } from '../../compiler/render/languages/language.ts';
import { RenderError } from '../../compiler/render/render-error.ts';
import { renderTarget } from '../../compiler/render/render-target.ts';
import type { RenderedFile } from '../../compiler/render/request.ts';
import { ruleKeys } from '../../compiler/render/rules.ts';
import { Views } from '../../compiler/render/view.ts';
import { type Given, planOf, setOf, targetOf } from '../plan/help.ts';
import { AS_IS, runnerOf } from './help.ts';

const PUBLISHER = { name: 'Example CERT', id: 'example-cert', prefix: 'EXAMPLE' };
const DOMAINS: Given[] = ['a', 'b', 'c'].map((name) => ['domain', `${name}.example`]);

/** A target of one pass `names`, rendered; its keys and the lock’s lines come with it. */
function rendered(
  template: string,
  over: {
    given?: readonly Given[];
    lock?: Lock;
    language?: Language;
    pass?: object;
    rest?: object;
    asOf?: string;
  } = {},
) {
  const set = setOf(over.given ?? DOMAINS);
  const definition = targetOf(
    { names: { takes: ['domain'], ...over.pass } },
    { identity: 'uuid', ...over.rest },
  );
  const plan = planOf(set, definition);
  const collection = {
    reports: new Map([['sample', { id: 'sample', title: 'A sample', author: 'A', published: '2025-01-15' }]]),
    actors: new Map(),
    indicators: set,
  };
  const keys = ruleKeys('test', set, plan);
  const register = Register.open({
    publisherId: 'example',
    target: 'test',
    identity: 'uuid',
    sidRange: [1, 9],
    lock: over.lock,
    asOf: over.asOf ?? '2026-01-01',
    keys,
  }) as Register;
  const views = new Views(collection, PUBLISHER, DEFAULT_POLICY.detect);
  const files = renderTarget({
    target: 'test',
    set,
    plan,
    views,
    fileView: views.file('test', {}),
    runners: new Map([[definition.syntax, runnerOf(template, ['names'], over.language ?? AS_IS)]]),
    register: definition.identity && register,
  });
  return { files, keys, register };
}

const textOf = (files: Iterable<RenderedFile>) =>
  [...files].map(({ chunks }) => [...chunks].join('')).join('');

test('keys name target, pass, kind and value, in the order of the plan', () => {
  expect(rendered('').keys).toEqual(['a', 'b', 'c'].map((name) => `test/names/domain/${name}.example`));
  expect(rendered('', { pass: { identity: false } }).keys).toEqual([]);
});

test('a file is rendered when it is asked for, some entries at a time', () => {
  const given = Array.from({ length: 10_000 }, (_, at): Given => ['domain', `name-${at}.example`]);
  const { files, register } = rendered('{{#each names}}{{value}}\n{{/each}}', { given });
  const [file] = files;
  expect(register.lines.size).toBe(0);
  const chunks = (file as RenderedFile).chunks[Symbol.iterator]();
  const first = chunks.next().value as string;
  expect(first).toMatch(/^name-0\.example\nname-1\.example\n.*\n$/s);
  expect(first.length).toBeLessThan(100_000);
  expect(register.lines.size).toBe(first.split('\n').length - 1);
  expect(register.lines.size).toBeLessThan(5000);
});

describe('identity', () => {
  const TEMPLATE =
    '{{#each names}}{{value}} {{short}} {{rev}} {{created}}/{{modified}} {{severity}}\n{{/each}}';
  const first = (over: Partial<Context>, lock?: Lock, asOf?: string) => {
    const { files, register } = rendered(TEMPLATE, {
      given: [['domain', 'a.example', over]],
      ...(lock && { lock }),
      ...(asOf && { asOf }),
    });
    const text = textOf(files);
    return { rest: text.replace(/^a\.example [0-9a-f]{8} /, ''), text, lines: register.lines };
  };

  test('without a lock: revision 1, the day of the report or none', () => {
    expect(first({ reports: ['sample'] }).rest).toBe('1 2025-01-15/ high\n');
    expect(first({}).rest).toBe('1 / high\n');
  });

  test('with a lock: the day of revision 1 where there is no report', () => {
    expect(first({}, new Map()).rest).toBe('1 2026-01-01/ high\n');
  });

  test('id, revision and days are not part of what is compared; anything else is', () => {
    const { lines, text } = first({}, new Map());
    expect(first({}, lines, '2026-02-02').text).toBe(text);
    const changed = first({ severity: 'low' }, lines, '2026-02-02');
    expect(changed.rest).toBe('2 2026-01-01/2026-02-02 low\n');
    const again = first({ severity: 'low' }, changed.lines, '2026-03-03');
    expect([again.rest, [...again.lines]]).toEqual([changed.rest, [...changed.lines]]);
  });
});

describe('what cannot be written', () => {
  const picky: Language = {
    ...AS_IS,
    text: {
      about: '',
      escape(text) {
        if (text.includes('b.')) throw new RangeError('no b');
        return text;
      },
    },
  };

  test('is told at the indicator', () => {
    const { files } = rendered('{{#each names}}{{value}}\n{{/each}}', { language: picky });
    try {
      textOf(files);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RenderError);
      const { code, message, span } = (error as RenderError).diagnostic;
      expect([code, message, span?.file.path]).toEqual([
        'RF513',
        '`test` cannot write a value: no b',
        'test.yaml',
      ]);
    }
  });

  test('outside of the entries it is told without a place', () => {
    const { files } = rendered('{{publisher.name}}{{#each names}}{{/each}}', {
      language: {
        ...AS_IS,
        text: {
          about: '',
          escape: () => {
            throw new RangeError('nothing');
          },
        },
      },
    });
    expect(() => textOf(files)).toThrow(
      new RenderError({ code: 'RF513', severity: 'error', message: '`test` cannot write a value: nothing' }),
    );
  });
});
