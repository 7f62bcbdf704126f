import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { junitOf } from '../../compiler/prove/junit.ts';
import type { ProofSummary } from '../../compiler/prove/summary.ts';

const SUMMARY: ProofSummary = {
  target: 'mine',
  engine: 'yara-x',
  title: 'YARA-X',
  version: '1.2.3',
  rules: 2,
  loadsOnly: false,
  indicators: { ok: 3, of: 4 },
  witnesses: { ok: 9, of: 10 },
  nearMisses: { ok: 19, of: 20 },
  problems: [],
  failures: [],
  notChecked: [],
  converted: [],
  standIns: 0,
  commands: [],
};

/** An element: its attributes, and what is in it. */
interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const CHARACTERS = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text as a reader of XML 1.0 gives it; throws for what is not well-formed. */
function unescaped(text: string): string {
  if (/[<"]/.test(text)) throw new Error(`a bare character in ${text}`);
  return text.replace(/&(?:#(\d+)|(\w*));?/g, (whole, number?: string, name?: string) => {
    const value = number ? String.fromCodePoint(Number(number)) : ENTITIES[name ?? ''];
    if (value === undefined || !whole.endsWith(';')) throw new Error(`no entity: ${whole}`);
    return value;
  });
}

/** A strict reader of the XML that has elements, attributes in double quotes and text, which is all that we write. */
function parseXml(xml: string): Element {
  if (!CHARACTERS.test(xml)) throw new Error('a character that XML cannot hold');
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(prolog)) throw new Error('no prolog');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const part of xml.slice(prolog.length).split(/(<[^>]*>)/)) {
    const current = open.at(-1) as Element;
    const tag = /^<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>$/.exec(part);
    if (!tag) {
      current.text += unescaped(part);
      continue;
    }
    const [, closing, name = '', attributes = '', empty] = tag;
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [
      key as string,
      unescaped((value as string).replace(/[\t\n\r]/g, ' ')),
    ]);
    const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
    if (Object.keys(element.attributes).length !== pairs.length) throw new Error('an attribute twice');
    current.children.push(element);
    if (!empty) open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one element');
  return root.children[0] as Element;
}

describe('JUnit', () => {
  test('a suite for each target and engine; the counts are right', () => {
    const failures = [
      { value: 'host.example', message: 'fires on "x"' },
      { value: 'other.example', message: 'no rule fires' },
      { value: 'host.example', message: 'is silent on "y"' },
    ];
    const notChecked = [{ what: '2 × email', why: 'no mail here' }];
    const { version: _, ...missing } = { ...SUMMARY, engine: 'zeek' as const, indicators: { ok: 0, of: 4 } };
    const absent = { ...missing, notChecked: [{ what: 'all 4', why: 'zeek is not installed' }] };
    expect(
      junitOf([{ ...SUMMARY, failures, notChecked }, absent]),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="refang prove" tests="6" failures="2" errors="0">
  <testsuite name="mine by yara-x 1.2.3" tests="5" failures="2" errors="0" skipped="1">
    <testcase classname="mine by yara-x 1.2.3" name="the files load"/>
    <testcase classname="mine by yara-x 1.2.3" name="3 indicators are matched"/>
    <testcase classname="mine by yara-x 1.2.3" name="host.example"><failure message="fires on &quot;x&quot;">fires on &quot;x&quot;&#10;is silent on &quot;y&quot;</failure></testcase>
    <testcase classname="mine by yara-x 1.2.3" name="other.example"><failure message="no rule fires">no rule fires</failure></testcase>
    <testcase classname="mine by yara-x 1.2.3" name="not checked: 2 × email"><skipped message="no mail here"/></testcase>
  </testsuite>
  <testsuite name="mine by zeek" tests="1" failures="0" errors="0" skipped="1">
    <testcase classname="mine by zeek" name="not checked: all 4"><skipped message="zeek is not installed"/></testcase>
  </testsuite>
</testsuites>
`);
  });

  test('files that do not load are a failure', () => {
    const problems = ['rules.yar:7: syntax error', 'rules.yar:9: another'];
    const summary = { ...SUMMARY, problems, indicators: { ok: 0, of: 4 } };
    const [suite] = parseXml(junitOf([summary])).children;
    expect(suite?.attributes).toMatchObject({ tests: '1', failures: '1', skipped: '0' });
    expect(suite?.children[0]?.children[0]).toMatchObject({
      name: 'failure',
      attributes: { message: problems[0] },
      text: problems.join('\n'),
    });
  });

  test('nothing to prove', () => {
    expect(parseXml(junitOf([])).attributes).toEqual({
      name: 'refang prove',
      tests: '0',
      failures: '0',
      errors: '0',
    });
  });

  const hostile: [text: string, read: string][] = [
    [`<&"'>]]>`, `<&"'>]]>`],
    ['</failure><x a="', '</failure><x a="'],
    ['&amp;&#0;', '&amp;&#0;'],
    ['\u0000\u0008\u001b[31m', '\ufffd\ufffd\ufffd[31m'],
    ['a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['\ufffe\uffff', '\ufffd\ufffd'],
    ['\u{1f600} é\u0085', '\u{1f600} é\u0085'],
    ['a\tb\r\nc', 'a\tb\r\nc'],
  ];
  test.each(hostile)('hostile text %j stays text', (text, read) => {
    const failures = [{ value: text, message: text }];
    const [suite] = parseXml(junitOf([{ ...SUMMARY, failures }])).children;
    const testcase = suite?.children.at(-1);
    expect(testcase?.attributes.name).toBe(read);
    expect(testcase?.children[0]).toMatchObject({ attributes: { message: read }, text: read });
  });

  test('any text is well-formed, and what XML can hold is read back', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, (target, value, why) => {
        const summary = {
          ...SUMMARY,
          target,
          failures: [{ value, message: why }],
          notChecked: [{ what: value, why }],
        };
        const [suite] = parseXml(junitOf([summary])).children;
        const readable = (given: string) => (CHARACTERS.test(given) ? given : undefined);
        const [, , failed, skipped] = suite?.children ?? [];
        if (readable(value) !== undefined) expect(failed?.attributes.name).toBe(value);
        if (readable(why) !== undefined) expect(skipped?.children[0]?.attributes.message).toBe(why);
      }),
    );
  });
});
