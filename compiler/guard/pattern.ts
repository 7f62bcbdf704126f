/** Regular expressions of warning lists: read, and kept from running for long. */

/** Longer values are not compared: they are no names. */
const LONGEST_VALUE = 256;
/** The most steps that one match may take: far below a second. */
const MOST_STEPS = 1e7;

const DELIMITED = /^\/(.*)\/([a-z]*)$/su;
/** One piece of an expression: an escape, a class, the opening of a group, or a sign. */
const PIECE = /\\(?:.|$)|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<\w+>)|\{\d*,?\d*\}|[\s\S]/gu;

/** A regular expression of a list. */
export interface Pattern {
  /** As the list writes it. */
  text: string;
  test(value: string): boolean;
}

/** The expression, with or without delimiters and flags; or why it is not used. */
export function readPattern(text: string): Pattern | { refused: string } {
  const [, body = text, flags = ''] = DELIMITED.exec(text) ?? [];
  if (/[^imsu]/.test(flags))
    return { refused: `the flag \`${/[^imsu]/.exec(flags)?.[0]}\` is not supported` };
  const slow = slowness(body);
  if (slow) return { refused: slow };
  try {
    // Values are in lower case where case does not matter, and so are most lists; an expression may say otherwise.
    const expression = new RegExp(body, [...new Set(`${flags}i`.replace('u', ''))].join(''));
    return { text, test: (value) => value.length <= LONGEST_VALUE && expression.test(value) };
  } catch {
    return { refused: 'it is not a regular expression' };
  }
}

/**
 * Why a match could take very long. JavaScript's engine tries all ways to match: their number is the product of the choices,
 * and each repetition without a fixed count multiplies it by the length of the value. Where something repeated can itself
 * match in several ways, it grows exponentially.
 */
function slowness(body: string): string | undefined {
  const open: Group[] = [{ branches: 1, varies: false }];
  let closed: Group | undefined;
  let choices = 1;
  // A match may begin anywhere, as if a repetition stood in front.
  let repeats = body.startsWith('^') ? 0 : 1;
  for (const [piece] of body.matchAll(PIECE)) {
    const last = closed;
    const inner = open.at(-1) as Group;
    closed = undefined;
    if (/^\\[1-9k]/.test(piece)) return 'it refers back to a group';
    if (/^\(\?<?[=!]/.test(piece)) return 'it looks ahead or behind';
    if (piece.startsWith('(')) open.push({ branches: 1, varies: false });
    else if (piece === ')' && open.length > 1) {
      closed = open.pop() as Group;
      choices *= closed.branches;
      // What a group holds, the group around it holds.
      if (closed.varies) (open.at(-1) as Group).varies = true;
    } else if (piece === '|') {
      inner.branches += 1;
      inner.varies = true;
    } else if (piece === '?') {
      choices *= 2;
      inner.varies = true;
      closed = last;
    } else if (/^(?:[*+]|\{\d+(?:,\d*)?\})$/.test(piece)) {
      if (last?.varies) return 'it repeats a group that holds repetitions or alternatives';
      if (/^\{\d+\}$/.test(piece)) continue;
      repeats += 1;
      inner.varies = true;
    }
  }
  const top = open[0] as Group;
  if (top.branches > 1 && body.startsWith('^')) repeats += 1;
  let steps = choices * top.branches;
  for (let at = 1; at <= repeats; at++) steps *= LONGEST_VALUE / at;
  return steps > MOST_STEPS ? 'it could match in too many ways' : undefined;
}

/** A group of an expression, or the whole. */
interface Group {
  branches: number;
  /** It can match a text in several ways, or texts of several lengths. */
  varies: boolean;
}
