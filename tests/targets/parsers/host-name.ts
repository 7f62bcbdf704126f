/** Host names as RFC 1123 and IDNA write them, with the underscore that the DNS also has. */

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** What is wrong with a text as a host name in lower case, or nothing. */
export function wrongName(text: string): string | undefined {
  const labels = text.split('.');
  const isName = labels.length > 1 && text.length <= 253 && labels.every((label) => LABEL.test(label));
  return isName && !/^[0-9]+$/.test(labels.at(-1) as string) ? undefined : 'not a host name';
}
