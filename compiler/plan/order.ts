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
  if (set.size > FEW && !set.isArranged) set.arrange(orderOfOutputs(set).sorted);
}

/** All indicators in the order of outputs. */
export function allInOrder(set: IndicatorSet): Uint32Array {
  return orderOfOutputs(set).sorted;
}

/** The indicators of a kind in the order of outputs, which is the same whatever the locale and the order of the input. */
export function kindInOrder(set: IndicatorSet, kind: Kind): Uint32Array {
  const { sorted, firsts } = orderOfOutputs(set);
  const code = kindCode(kind);
  return sorted.subarray(firsts[code], firsts[code + 1]);
}

/** `firsts`: where each kind begins, by its number, and where the last one ends. */
const orderOfOutputs = perSet(
  (set) => {
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
  ({ sorted, firsts }, places) => ({ sorted: sorted.map((index) => places[index] as number), firsts }),
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

function ofKind(set: IndicatorSet, kind: Kind): Uint32Array {
  const code = kindCode(kind);
  let count = 0;
  for (let index = 0; index < set.size; index++) if (set.kindCode(index) === code) count++;
  const own = new Uint32Array(count);
  for (let index = 0, at = 0; at < count; index++) if (set.kindCode(index) === code) own[at++] = index;
  return own;
}
