/** An indicator as guards see it: the names, addresses and texts that a list can hold. */

import { type AddressRange, rangeOf } from '../indicators/address.ts';
import type { Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import type { IndicatorSet } from '../indicators/set.ts';

/** What guards compare. */
export interface Subject {
  kind: Kind;
  value: string;
  /** The name that it is, or its host, or the domain of an e-mail address. */
  name: string | undefined;
  /** The addresses that it is, or its host. */
  range: AddressRange | undefined;
  /** Its name or addresses are only a part of what it says: a file on a host, an address of a mail provider. */
  partial: boolean;
  /** It stands for all names below it too. */
  below: boolean;
}

/** What guards compare of an indicator; undefined for kinds that no list holds. */
export function subjectOf(set: IndicatorSet, index: number): Subject | undefined {
  const kind = set.kind(index);
  const value = set.value(index);
  const none = { kind, value, name: undefined, range: undefined, partial: false, below: false };
  switch (kind) {
    case 'domain':
      return { ...none, name: value, below: set.context(index).match === 'suffix' };
    case 'ip':
    case 'cidr':
      return { ...none, range: rangeOf(value) };
    case 'email':
      return { ...none, name: value.slice(value.lastIndexOf('@') + 1), partial: true };
    case 'endpoint':
    case 'url': {
      const { host, host_kind, path, query } = KIND_MODULES[kind].describe(value);
      // The front page of a host is what people mean by the host.
      const partial = kind === 'url' && !((path === '/' || path === '') && !query);
      return host_kind === 'domain'
        ? { ...none, name: String(host), partial }
        : { ...none, range: rangeOf(String(host)), partial };
    }
    case 'hash':
      return none;
    default:
      return undefined;
  }
}
