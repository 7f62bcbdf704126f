/** Whole numbers. */

import { type Helper, numberArgument } from './helper.ts';

/** The least power of two that is not less than a number, at most `most`. */
function powerOfTwo(least: number, most: number): number {
  let power = 1;
  while (power < least && power * 2 <= most) power *= 2;
  return power;
}

export const NUMBERS: Readonly<Record<string, Helper>> = {
  minus: {
    about: 'A number less another: `{{minus labels 1}}`.',
    params: [2, 2],
    run: (from, less) => numberArgument(from) - numberArgument(less),
  },
  power_of_two: {
    about:
      'The least power of two that is not less than the first number, and at most the second: `{{power_of_two count 65536}}`.',
    params: [2, 2],
    run: (least, most) => powerOfTwo(numberArgument(least), numberArgument(most)),
  },
};
