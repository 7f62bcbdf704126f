/** The order of entries in every output: by kind, then by value; addresses by number. Never by place in a file. */

import { KINDS, type Kind, kindCode } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { addressColumns } from './address-columns.ts';
import { perSet } from './per-set.ts';
import { sortedByText } from './sort-texts.ts';

/** Some indicators, by index. */
export type Members = Iterable<number> & ArrayLike<number>;

/** So few indicators fit into the nearest memory whatever their order. */
const FEW = 20_000;

/** Puts the indicators of a large set into the order of outputs, in which every pass asks for them. */
export function arrangeForOutputs(set: IndicatorSet): void {
  if (set.size <= FEW || set.isArranged) return;
  set.arrange(allInOrder(set));
  // What is known of the former order follows, while it is known where each indicator went.
  orderOfOutputs(set);
  addressColumns(set);
}

/** All indicators in the order of outputs. */
export function allInOrder(set: IndicatorSet): Uint32Array {
  return orderOfOutputs(set).sorted ?? numbersUpTo(set.size);
}

/** The indicators of a kind in the order of outputs, which is the same whatever the locale and the order of the input. */
export function kindInOrder(set: IndicatorSet, kind: Kind): Uint32Array {
  const { from, to } = placesOf(set, kind);
  return allInOrder(set).subarray(from, to);
}

/** Where the indicators of a kind stand in the order of outputs, without a list of them. */
export function placesOf(set: IndicatorSet, kind: Kind): Places {
  const { sorted, firsts } = orderOfOutputs(set);
  const code = kindCode(kind);
  return { sorted, from: firsts[code] as number, to: firsts[code + 1] as number };
}

/** The places from one to before another. */
interface Places {
  /** The index at each place; undefined where it is the place itself. */
  sorted: Uint32Array | undefined;
  from: number;
  to: number;
}

/** All indicators. */
interface Order {
  sorted: Uint32Array | undefined;
  /** Where each kind begins, by its number, and where the last one ends. */
  firsts: readonly number[];
}

const orderOfOutputs = perSet(
  (set): Order => {
    const sorted = new Uint32Array(set.size);
    const firsts = [0];
    for (const kind of KINDS) {
      const own = sortedOfKind(set, kind);
      const filled = firsts.at(-1) as number;
      sorted.set(own, filled);
      firsts.push(filled + own.length);
    }
    return { sorted, firsts };
  },
  ({ sorted, firsts }, places) => {
    const now = sorted?.map((index) => places[index] as number);
    return { sorted: now?.every((index, place) => index === place) ? undefined : now, firsts };
  },
);

function sortedOfKind(set: IndicatorSet, kind: Kind): Uint32Array {
  if (kind === 'ip' || kind === 'cidr') {
    const code = kindCode(kind);
    const { four, six } = addressColumns(set);
    const own = [four, six].map(({ indexes }) => indexes.filter((index) => set.kindCode(index) === code));
    return Uint32Array.from(own.flatMap((some) => [...some]));
  }
  const own = ofKind(set, kind);
  return sortedByText(set.joinedValues(own)).map((number) => own[number] as number);
}

function numbersUpTo(size: number): Uint32Array {
  const numbers = new Uint32Array(size);
  for (let number = 0; number < size; number++) numbers[number] = number;
  return numbers;
}

function ofKind(set: IndicatorSet, kind: Kind): Uint32Array {
  const code = kindCode(kind);
  let count = 0;
  for (let index = 0; index < set.size; index++) if (set.kindCode(index) === code) count++;
  const own = new Uint32Array(count);
  for (let index = 0, at = 0; at < count; index++) if (set.kindCode(index) === code) own[at++] = index;
  return own;
}
