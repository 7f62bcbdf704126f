/** Resolvers that anyone may use: programs have their addresses built in. */

import { RESOLVER_RANGES } from './known-ranges.ts';
import type { GuardList } from './list.ts';
import { RESOLVER_ADDRESSES } from './public-resolver-addresses.ts';
import { readKnown } from './well-known.ts';

const NAMES = `
dns.google dns64.dns.google | Google Public DNS
.one.one.one.one .cloudflare-dns.com | Cloudflare DNS
.quad9.net | Quad9
resolver1.opendns.com resolver2.opendns.com .doh.opendns.com .dns.opendns.com .doh.umbrella.com | OpenDNS
.dns.nextdns.io .adguard-dns.com .dns.adguard.com .controld.com freedns.controld.com | filtering resolvers
.cleanbrowsing.org .mullvad.net .doh.sb .dns.sb .libredns.gr .digitale-gesellschaft.ch .ffmuc.net .dns.switch.ch | public resolvers
.doh.pub .dot.pub .alidns.com .dns.alidns.com .onedns.net .114dns.com .dnspod.cn | public resolvers in China
.dns0.eu .joindns4.eu .doh.cleanbrowsing.org .doh.xfinity.com .dns.comss.one .odvr.nic.cz .common.dot.dns.yandex.net | public resolvers
`;

/** The lists of public resolvers. */
export function publicResolvers(): GuardList[] {
  const head = {
    guard: 'public-resolver',
    title: "Refang's list of public resolvers",
    about: 'a public resolver',
  };
  return readKnown(head, NAMES, { text: RESOLVER_ADDRESSES, ranges: RESOLVER_RANGES });
}
