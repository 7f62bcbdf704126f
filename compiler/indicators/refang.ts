/** Turns defanged spellings into live text, and remembers how the text was written. */

/** The bracketed form of a pattern, in square, round or curly brackets, blanks inside tolerated. */
const bracketed = (inner: string): string =>
  [
    String.raw`\[\s{0,4}${inner}\s{0,4}\]`,
    String.raw`\(\s{0,4}${inner}\s{0,4}\)`,
    String.raw`\{\s{0,4}${inner}\s{0,4}\}`,
  ].join('|');

/* `[at]=` and `[at][` are keys of a query such as `?filter[at]=2024`. */
const NOT_A_QUERY_KEY = String.raw`(?![=\[])`;
const around = (forms: string): string => String.raw`[ \t]{0,4}(?:${forms})[ \t]{0,4}`;

const SCHEME_FOLLOWS = '(?=s?[[({]?:)';

/** What is meant, and a pattern of its defanged spellings. Blanks are bounded so that hostile text costs linear time. */
const SPELLINGS: readonly (readonly [live: string, pattern: string])[] = [
  [
    '.',
    `${around(`${bracketed(String.raw`\.`)}|(?:${bracketed('dot')})${NOT_A_QUERY_KEY}`)}|${String.raw`\\\.`}`,
  ],
  ['@', around(`${bracketed('@')}|(?:${bracketed('at')})${NOT_A_QUERY_KEY}`)],
  ['://', bracketed('://')],
  [':', bracketed(':')],
  ['http', String.raw`(?<![a-z0-9])h(?:xx|\*\*)p${SCHEME_FOLLOWS}`],
  ['ftp', `(?<![a-z0-9])fxp${SCHEME_FOLLOWS}`],
];

/** One capturing group for each of SPELLINGS. */
const DEFANGED = new RegExp(SPELLINGS.map(([, pattern]) => `(${pattern})`).join('|'), 'gi');

/** Text without any of these has nothing to refang: most of a feed ends here. */
const CANDIDATE = /[[({\\]|h(?:xx|\*\*)p|fxp/i;

/** A replaced stretch: where it was in the source, and where its live spelling is. */
interface Edit {
  start: number;
  end: number;
  liveStart: number;
  liveEnd: number;
}

const NO_EDITS: readonly Edit[] = [];

/** A stretch of an indicator's text in live spelling that still knows how it was written. */
export class LiveText {
  /** The live spelling. */
  readonly text: string;
  readonly #source: string;
  readonly #edits: readonly Edit[];
  /** Where this stretch begins in the whole live text. */
  readonly #base: number;

  constructor(text: string, source: string, edits: readonly Edit[], base: number) {
    this.text = text;
    this.#source = source;
    this.#edits = edits;
    this.#base = base;
  }

  /** A part of this stretch. */
  slice(start: number, end: number = this.text.length): LiveText {
    return new LiveText(this.text.slice(start, end), this.#source, this.#edits, this.#base + start);
  }

  /** Where a part of this stretch is in the text as written: UTF-16 offsets, `end` exclusive. */
  span(start = 0, end: number = this.text.length): { start: number; end: number } {
    return {
      start: this.#original(this.#base + start, 'start'),
      end: this.#original(this.#base + end, 'end'),
    };
  }

  /** The part of the text as written that this stretch stands for. */
  get written(): string {
    const { start, end } = this.span();
    return this.#source.slice(start, end);
  }

  #original(offset: number, side: 'start' | 'end'): number {
    let shift = 0;
    for (const edit of this.#edits) {
      if (offset < edit.liveStart || (offset === edit.liveStart && side === 'end')) break;
      if (offset < edit.liveEnd) return side === 'start' ? edit.start : edit.end;
      shift = edit.end - edit.liveEnd;
    }
    return offset + shift;
  }
}

/** Reads a value in live or defanged spelling; blanks around it are left out. Text that is not defanged stays byte for byte. */
export function readLive(source: string): LiveText {
  const whole = CANDIDATE.test(source) ? replaceDefanged(source) : new LiveText(source, source, NO_EDITS, 0);
  return trimmed(whole);
}

/** Reads a value that is never defanged, such as a path or a user agent; blanks around it are left out. */
export function readPlain(source: string): LiveText {
  return trimmed(new LiveText(source, source, NO_EDITS, 0));
}

/** The live spelling of a text. Only what is certain is replaced: the bare words "dot" and "at" never are. */
export function refang(source: string): string {
  return CANDIDATE.test(source) ? replaceDefanged(source).text : source;
}

function replaceDefanged(source: string): LiveText {
  const edits: Edit[] = [];
  let text = '';
  let done = 0;
  for (const match of source.matchAll(DEFANGED)) {
    const spelling = SPELLINGS.findIndex((_, index) => match[index + 1] !== undefined);
    text += source.slice(done, match.index);
    const liveStart = text.length;
    text += SPELLINGS[spelling]?.[0];
    done = match.index + match[0].length;
    edits.push({ start: match.index, end: done, liveStart, liveEnd: text.length });
  }
  return new LiveText(text + source.slice(done), source, edits, 0);
}

function trimmed(live: LiveText): LiveText {
  const text = live.text.trim();
  if (text.length === live.text.length) return live;
  const start = live.text.length - live.text.trimStart().length;
  return live.slice(start, start + text.length);
}
