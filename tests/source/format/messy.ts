/** Files of indicators as nobody should write them: keys in any order, all styles of YAML, comments in every place. */

import fc from 'fast-check';

/** A value of a messy file: a text, a pasted block, a list or a map. */
type Value = { text: string } | { block: readonly string[] } | readonly Value[] | ReadonlyMap<string, Value>;

/** Says what comes next: a number below `most`. */
type Choose = (most: number) => number;

const NOTES = [
  'plain words',
  "it's so",
  'say "hi" \\ there',
  'a: b',
  'no',
  '12',
  ' blanks ',
  '#hash',
  '- dash',
  'é😀',
  'tab\there',
  'a # b',
  '2024-01-01',
  '[x]',
  'C:\\temp\\new',
  '~',
  'true',
  '::1',
];

/** Text of a messy file with so many records; each record's values and comments bear its number, as `r3`. */
export const messyFile: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 5 }))
  .map(([seed, records]) => new Messy(random(seed)).file(records));

/** mulberry32: a file is its seed, so that a failure can be repeated. */
function random(seed: number): Choose {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

class Messy {
  readonly choose: Choose;
  owner = 'head';

  constructor(choose: Choose) {
    this.choose = choose;
  }

  file(count: number): string {
    const records = Array.from({ length: count }, (_, at) => at);
    const sections = this.shuffled([
      () => ['refang: 1'],
      () => [
        'defaults:',
        ...this.map(
          new Map<string, Value>([
            ['status', { text: 'active' }],
            ['severity', { text: 'high' }],
            ['tlp', { text: 'clear' }],
            ['tags', [{ text: 'a b' }, { text: 'c' }]],
          ]),
          2 + this.choose(3),
        ),
      ],
      () => ['actors:', ...this.map(this.actors(), 1 + this.choose(4))],
      () => this.records(records),
    ]);
    const lines = sections.flatMap((section) => {
      this.owner = 'head';
      const own = section();
      return [...this.gap(0), ...own];
    });
    const text = lines.join('\n');
    const ended = this.choose(3) === 0 ? text : `${text}\n`;
    return this.choose(4) === 0 ? ended.replaceAll('\n', '\r\n') : ended;
  }

  actors(): Map<string, Value> {
    const one = (name: string): Value =>
      new Map<string, Value>([
        ['kind', { text: 'group' }],
        ['name', { text: name }],
      ]);
    return new Map([
      ['zeta', one('Zeta: the first')],
      ['alpha', one('Alpha')],
    ]);
  }

  records(numbers: readonly number[]): string[] {
    const indent = this.choose(3);
    const lines = ['indicators:'];
    for (const number of numbers) {
      this.owner = `r${number}`;
      lines.push(...this.gap(indent));
      const item = this.map(this.record(number), indent + 2);
      lines.push(`${' '.repeat(indent)}- ${item[0]?.trimStart()}`, ...item.slice(1));
    }
    return lines;
  }

  record(number: number): Map<string, Value> {
    const names = ['x', 'Y', 'z'].map((name) => `${name}.r${number}.example`);
    const all: [string, Value][] = this.shuffled([
      ['domain', this.some(names)],
      ['ip', { text: `192.0.2.${number}` }],
      ['note', { text: `${NOTES[this.choose(NOTES.length)]} r${number}` }],
      ['tags', [{ text: 'u' }, { text: NOTES[this.choose(NOTES.length)]?.trim() ?? '' }]],
      ['actor', { text: 'alpha' }],
      ['first_seen', { text: '2024-01-02' }],
    ]);
    return new Map([['confidence', { text: String(number) }], ...all]);
  }

  some(names: readonly string[]): Value {
    return this.choose(2) === 0 ? { block: names } : names.map((text) => ({ text }));
  }

  /** The lines of a block map; the first has no comment before it, so that a dash can. */
  map(map: ReadonlyMap<string, Value>, indent: number): string[] {
    const pad = ' '.repeat(indent);
    const lines = [...map].flatMap(([key, value], at) => {
      const before = at === 0 ? [] : this.gap(indent);
      const [first = '', ...others] = this.value(value, indent, key === 'confidence');
      return [...before, `${pad}${key}:${first}`, ...others];
    });
    return [...lines, ...(this.choose(4) === 0 ? [`${pad}# tail of ${this.owner}`] : [])];
  }

  /** What stands behind the colon, and the lines below. */
  value(value: Value, indent: number, number: boolean): string[] {
    const pad = ' '.repeat(indent + 1 + this.choose(4));
    if (value instanceof Map) {
      if (this.choose(3) === 0) return [` ${this.flow(value, pad)}`];
      return [this.beside(), ...this.map(value, pad.length)];
    }
    if (Array.isArray(value)) {
      if (this.choose(2) === 0) return [` ${this.flow(value, pad)}${this.beside()}`];
      return [
        this.beside(),
        ...(value as Value[]).flatMap((item) => [
          ...this.gap(pad.length),
          `${pad}-  ${this.scalar((item as { text: string }).text)}${this.beside()}`,
        ]),
      ];
    }
    if ('block' in value)
      return [
        ` |${['', '-', '+'][this.choose(3)]}${this.beside()}`,
        ...value.block.map((line) => pad + line),
      ];
    const { text } = value as { text: string };
    if (!number && text.includes('plain') && this.choose(3) === 0)
      return [` ${text.replaceAll(' ', `\n${pad}`)}${this.beside()}`];
    if (!number && text.includes('plain') && this.choose(2) === 0)
      return [` >${this.beside()}`, ...text.split(' ').map((word) => pad + word)];
    return [` ${number ? text : this.scalar(text)}${this.beside()}`];
  }

  flow(value: Value, pad: string): string {
    const broken = this.choose(2) === 0;
    const comma = broken ? `,${this.beside()}\n${pad}` : ', ';
    if (value instanceof Map)
      return `{${[...value].map(([key, one]) => `${key}: ${this.flow(one, pad)}`).join(comma)}}`;
    if (Array.isArray(value)) return `[${(value as Value[]).map((one) => this.flow(one, pad)).join(comma)}]`;
    return JSON.stringify((value as { text: string }).text);
  }

  scalar(text: string): string {
    const plain = /^[\p{L}\p{N}][\p{L}\p{N} .[\]/-]*(?<! )$/u.test(text);
    const single = `'${text.replaceAll("'", "''")}'`;
    const styles = [JSON.stringify(text), ...(text.includes('\t') ? [] : [single]), ...(plain ? [text] : [])];
    return styles[this.choose(styles.length)] as string;
  }

  /** Blank lines and comments before a line. */
  gap(indent: number): string[] {
    return Array.from({ length: this.choose(3) }, () =>
      this.choose(2) === 0 ? '' : `${' '.repeat(indent)}# before ${this.owner}`,
    );
  }

  beside(): string {
    return this.choose(4) === 0 ? `   # beside ${this.owner}` : '';
  }

  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    return items.map(() => rest.splice(this.choose(rest.length), 1)[0] as T);
  }
}
