import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publisherNamespace, uuid5 } from '../../compiler/identity/uuid.ts';

const DNS_NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

/** Version 5 by Node's own SHA-1. */
function reference(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x50;
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

describe('uuid5', () => {
  test('the example of RFC 9562, A.4', () => {
    expect(uuid5(DNS_NAMESPACE, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  test('property: as an independent implementation has it, for any name', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'binary' }), (namespace, name) => {
        expect(uuid5(namespace, name)).toBe(reference(namespace, name));
      }),
    );
  });

  test('property: the same, however long a name is, one after another in two namespaces', () => {
    const namespaces = fc.constantFrom(DNS_NAMESPACE, 'b1a6a3a0-6f0e-4c55-9a3e-0d6f4f1c7e21');
    const name = fc.string({ unit: 'binary', maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(fc.array(fc.tuple(namespaces, name), { minLength: 2, maxLength: 4 }), (asked) => {
        for (const [namespace, long] of asked)
          expect(uuid5(namespace, long)).toBe(reference(namespace, long));
      }),
    );
  });

  test('publishers have namespaces of their own', () => {
    expect(publisherNamespace('example-cert')).not.toBe(publisherNamespace('example-cert2'));
    expect(publisherNamespace('example-cert')).toBe(
      reference('b1a6a3a0-6f0e-4c55-9a3e-0d6f4f1c7e21', 'example-cert'),
    );
  });
});
