/**
 * A strict reader of destination lists, by "Understand Destination Lists: Supported Entries and Error Messages",
 * "Wildcards in Destination Lists" and "Control Access to Custom URLs" (Cisco Umbrella, Cisco Secure Access).
 */

import { hostname, ipv4, type ParsedList, parseList, siteAddress } from './list-grammar.ts';

const MOST = 5000;

/** A domain, a URL without its protocol, an IPv4 address or a network. */
function destination(text: string): string | undefined {
  if (text.includes('*')) return 'a wildcard';
  if (/^\d+(?:\.\d+)*(?:\/\d+)?$/.test(text)) return text.includes('-') ? 'a range' : ipv4(text);
  return text.includes('/') ? siteAddress(text) : hostname(text);
}

/** Reads a file of a bulk upload: kinds may be mixed, and nothing may be listed twice. */
export function parseDestinations(text: string): ParsedList {
  return parseList(text, { check: destination, most: MOST });
}
