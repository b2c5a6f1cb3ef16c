import type { Check, Remark } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import type { Spot } from '../spot.js';
import { all } from '../walk.js';

const noHandshake = 'it is stored, and the listener is left out or serves no handshake';

export const serverTlsRules = rules({
  SERVER_TLS_CERTIFICATE_MISSING: refused('A server that ends TLS has no certificate.', {
    without: noHandshake,
    next: 'Add credentialName, or serverCertificate and privateKey.',
  }),
  SERVER_TLS_KEY_MISSING: refused('A server that ends TLS has no private key.', {
    without: noHandshake,
    next: 'Add credentialName, or serverCertificate and privateKey.',
  }),
  SERVER_TLS_CA_MISSING: refused('A server of mutual TLS has nothing to verify clients against.', {
    without: noHandshake,
    next: 'Add caCertificates, or credentialName.',
  }),
  SERVER_TLS_ISTIO_MUTUAL_FILES: refused('ISTIO_MUTUAL has a certificate of its own.', {
    without: "it is stored, and the mesh's certificate is used",
    next: "Remove it: the mesh's certificate is used.",
  }),
  SERVER_TLS_SOURCES: refused('A server has certificates from several sources.', {
    without: 'it is stored, and one of the sources is used',
    next: 'Keep one of credentialName, credentialNames, tlsCertificates and files.',
  }),
  SERVER_TLS_CRL_UNSUPPORTED: refused('A revocation list stands where it cannot be used.', {
    without: 'it is stored, and revoked certificates are accepted',
    next: 'Put the list into the credential, or use mode MUTUAL with files.',
  }),
  SERVER_TLS_CERTIFICATES_UNUSED: warned('A server that passes TLS on has certificates.', {
    consequence: 'They are ignored: the server behind it ends TLS.',
    next: 'Remove them, or write mode SIMPLE.',
  }),
  SERVER_TLS_OLD_WITHOUT_CIPHERS: warned(
    'An old TLS version is allowed and no ciphers are named.',
    {
      consequence: 'None of the default ciphers fits the old version, so its clients fail.',
      next: 'Add cipherSuites, or write minProtocolVersion: TLSV1_2.',
    },
  ),
  CIPHER_UNKNOWN: warned('A cipher suite is not known.', {
    consequence: 'It is ignored.',
    next: 'Write a name that BoringSSL knows, such as ECDHE-RSA-AES128-GCM-SHA256.',
  }),
  CIPHER_DUPLICATE: warned('A cipher suite is named twice.', {
    consequence: 'The second is ignored.',
    next: 'Remove one.',
  }),
});

const known = new Set([
  ...['ECDSA', 'RSA'].flatMap((kind) =>
    ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-SHA', 'AES256-SHA'].map(
      (cipher) => `ECDHE-${kind}-${cipher}`,
    ),
  ),
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);

/** istiod does not read expressions such as `-ALL` or `[A|B]`, and lets them pass. */
const isCipher = (text: string): boolean =>
  text === '' || text === 'ALL' || !/^[\p{L}\p{N}]/u.test(text) || known.has(text);

const ciphers: Check = function* (tls) {
  const seen = new Set<string>();
  for (const spot of tls.at('cipherSuites').texts()) {
    if (!isCipher(spot.text)) {
      yield serverTlsRules.CIPHER_UNKNOWN.on(spot, `${JSON.stringify(spot.text)} is not known.`);
    } else if (seen.has(spot.text)) {
      yield serverTlsRules.CIPHER_DUPLICATE.on(spot, `${spot.text} is there already.`);
    }
    seen.add(spot.text);
  }
  const oldest = tls.at('minProtocolVersion');
  if (['TLSV1_0', 'TLSV1_1'].includes(oldest.text) && tls.at('cipherSuites').items().length === 0) {
    yield serverTlsRules.SERVER_TLS_OLD_WITHOUT_CIPHERS.on(oldest, `${oldest.text} is allowed.`);
  }
};

const files = ['serverCertificate', 'privateKey', 'caCertificates'];
const fetched = ['credentialName', 'credentialNames'];
const sources = [...files, ...fetched, 'tlsCertificates'];

const filled = (tls: Spot, ...fields: readonly string[]): readonly string[] =>
  fields.filter((field) => tls.at(field).text !== '' || tls.at(field).items().length > 0);

/** Nothing said means PASSTHROUGH. */
const modeOf = (tls: Spot): string => tls.at('mode').text || 'PASSTHROUGH';

export const isPassthrough = (tls: Spot): boolean => modeOf(tls).endsWith('PASSTHROUGH');

const certificates: Check = function* (tls) {
  const mode = modeOf(tls);
  if (mode === 'ISTIO_MUTUAL') {
    for (const field of filled(tls, ...sources)) {
      yield serverTlsRules.SERVER_TLS_ISTIO_MUTUAL_FILES.on(tls.at(field), `${field} is set.`);
    }
    return;
  }
  if (isPassthrough(tls)) yield* unused(tls, mode);
  yield* oneSource(tls);
  const ends = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(mode);
  if (ends && filled(tls, ...fetched).length > 0) return;
  if (ends) yield* fromFiles(tls, mode);
  yield* revocation(tls, mode);
};

function* unused(tls: Spot, mode: string): Iterable<Remark> {
  const [field] = filled(tls, 'caCrl', ...sources);
  if (field === undefined) return;
  yield serverTlsRules.SERVER_TLS_CERTIFICATES_UNUSED.on(tls.at(field), `Mode is ${mode}.`);
}

function* oneSource(tls: Spot): Iterable<Remark> {
  const pair = filled(tls, 'serverCertificate', 'privateKey').length === 2 ? ['files'] : [];
  const given = [...pair, ...filled(tls, ...fetched, 'tlsCertificates')];
  if (given.length < 2) return;
  yield serverTlsRules.SERVER_TLS_SOURCES.on(tls, `There are ${given.join(' and ')}.`);
}

function* fromFiles(tls: Spot, mode: string): Iterable<Remark> {
  const listed = tls.at('tlsCertificates').items();
  for (const pair of listed.length > 0 ? listed : [tls]) {
    if (pair.at('serverCertificate').text === '') {
      yield serverTlsRules.SERVER_TLS_CERTIFICATE_MISSING.on(pair, `Mode ${mode} needs one.`);
    }
    if (pair.at('privateKey').text === '') {
      yield serverTlsRules.SERVER_TLS_KEY_MISSING.on(pair, `Mode ${mode} needs one.`);
    }
  }
  if (mode !== 'SIMPLE' && tls.at('caCertificates').text === '') {
    yield serverTlsRules.SERVER_TLS_CA_MISSING.on(tls, `Mode ${mode} needs caCertificates.`);
  }
}

function* revocation(tls: Spot, mode: string): Iterable<Remark> {
  const list = tls.at('caCrl');
  if (list.text === '') return;
  if (mode !== 'SIMPLE' && tls.at('credentialName').text === '') return;
  yield serverTlsRules.SERVER_TLS_CRL_UNSUPPORTED.on(list, `Mode is ${mode}.`);
}

/** How a server ends TLS. */
export const serverTls: Check = all(ciphers, certificates);
