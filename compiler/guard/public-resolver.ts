/** Resolvers that anyone may use: programs have their addresses built in. */

import type { GuardList } from './list.ts';
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

const ADDRESSES = `
8.8.8.8 8.8.4.4 2001:4860:4860::8888 2001:4860:4860::8844 2001:4860:4860::6464 2001:4860:4860::64 | Google Public DNS
1.1.1.1 1.0.0.1 1.1.1.2 1.0.0.2 1.1.1.3 1.0.0.3 | Cloudflare DNS
2606:4700:4700::1111 2606:4700:4700::1001 2606:4700:4700::1112 2606:4700:4700::1002 2606:4700:4700::1113 2606:4700:4700::1003 | Cloudflare DNS
9.9.9.9 149.112.112.112 9.9.9.10 149.112.112.10 9.9.9.11 149.112.112.11 9.9.9.12 149.112.112.12 | Quad9
2620:fe::fe 2620:fe::9 2620:fe::10 2620:fe::fe:10 2620:fe::11 2620:fe::fe:11 | Quad9
208.67.222.222 208.67.220.220 208.67.222.220 208.67.220.222 208.67.222.123 208.67.220.123 2620:119:35::35 2620:119:53::53 | OpenDNS
94.140.14.14 94.140.15.15 94.140.14.15 94.140.15.16 94.140.14.140 94.140.14.141 2a10:50c0::ad1:ff 2a10:50c0::ad2:ff | AdGuard DNS
4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4 4.2.2.5 4.2.2.6 209.244.0.3 209.244.0.4 | Level 3
64.6.64.6 64.6.65.6 156.154.70.1 156.154.71.1 156.154.70.5 156.154.71.5 | Vercara
185.228.168.9 185.228.169.9 185.228.168.10 185.228.169.11 185.228.168.168 185.228.169.168 | CleanBrowsing
76.76.2.0 76.76.10.0 76.76.2.1 76.76.10.1 76.76.2.2 76.76.10.2 76.76.19.19 76.223.122.150 | Control D and Alternate DNS
45.90.28.0 45.90.30.0 194.242.2.2 194.242.2.3 194.242.2.4 193.110.81.0 185.253.5.0 | NextDNS, Mullvad and dns0.eu
77.88.8.8 77.88.8.1 77.88.8.88 77.88.8.2 77.88.8.7 77.88.8.3 2a02:6b8::feed:ff 2a02:6b8:0:1::feed:ff | Yandex DNS
114.114.114.114 114.114.115.115 223.5.5.5 223.6.6.6 119.29.29.29 119.28.28.28 180.76.76.76 1.2.4.8 210.2.4.8 101.226.4.6 218.30.118.6 | public resolvers in China
2400:3200::1 2400:3200:baba::1 2402:4e00:: 2400:da00::6666 | public resolvers in China
168.95.1.1 168.95.192.1 101.101.101.101 101.102.103.104 168.126.63.1 168.126.63.2 | public resolvers in Taiwan and Korea
8.26.56.26 8.20.247.20 195.46.39.39 195.46.39.40 84.200.69.80 84.200.70.40 | Comodo Secure DNS, SafeDNS and DNS.WATCH
80.80.80.80 80.80.81.81 91.239.100.100 89.233.43.71 193.17.47.1 185.43.135.1 130.59.31.248 130.59.31.251 | Freenom, UncensoredDNS, CZ.NIC and SWITCH
74.82.42.42 2001:470:20::2 216.146.35.35 216.146.36.36 199.85.126.10 199.85.127.10 | Hurricane Electric, Dyn and Norton
86.54.11.1 86.54.11.201 86.54.11.100 86.54.11.200 | DNS4EU
`;

/** The lists of public resolvers. */
export function publicResolvers(): GuardList[] {
  const head = {
    guard: 'public-resolver',
    title: "Refang's list of public resolvers",
    about: 'a public resolver',
  };
  return readKnown(head, NAMES, ADDRESSES);
}
