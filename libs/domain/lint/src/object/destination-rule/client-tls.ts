import type { Check, Remark } from '../rule.js';
import { refused, rules, silent } from '../rule.js';
import type { Spot } from '../spot.js';

export const clientTlsRules = rules({
  CLIENT_TLS_CERTIFICATE_MISSING: refused('Mutual TLS has no client certificate.', {
    without: 'it is stored, and connections fail where the server asks for one',
    next: 'Add clientCertificate, or credentialName.',
  }),
  CLIENT_TLS_KEY_MISSING: refused('Mutual TLS has no private key.', {
    without: 'it is stored, and connections fail where the server asks for a certificate',
    next: 'Add privateKey, or credentialName.',
  }),
  CLIENT_TLS_CREDENTIAL_AND_FILES: refused('TLS has credentialName and certificates in files.', {
    without: 'it is stored, and the files are ignored',
    next: 'Keep credentialName or the files.',
  }),
  CLIENT_TLS_SKIP_VERIFY_AND_CA: refused(
    'TLS skips verification and says what to verify against.',
    {
      without: 'it is stored, and nothing is verified',
      next: 'Remove insecureSkipVerify.',
    },
  ),
  CLIENT_TLS_WITHOUT_CA: silent('TLS does not say against which authority to verify.', {
    istio: 'IST0128',
    consequence:
      "Istio 1.20 and newer use the proxy image's authorities; older ones verify nothing.",
    next: 'Add caCertificates, such as system, or credentialName.',
  }),
  CLIENT_MUTUAL_TLS_WITHOUT_CA: silent(
    'Mutual TLS does not say against which authority to verify.',
    {
      istio: 'IST0129',
      consequence:
        "Istio 1.20 and newer use the proxy image's authorities; older ones verify nothing.",
      next: 'Add caCertificates, such as system, or credentialName.',
    },
  ),
});

const files = ['clientCertificate', 'caCertificates', 'privateKey', 'caCrl'];

const filled = (tls: Spot, fields: readonly string[]): readonly string[] =>
  fields.filter((field) => tls.at(field).text !== '');

export const clientTls: Check = function* (tls) {
  const mode = tls.at('mode').text;
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return;
  const skips = tls.at('insecureSkipVerify').value === true;
  if (skips) yield* unverified(tls, mode);
  if (tls.at('credentialName').text !== '') {
    yield* credential(tls);
    return;
  }
  if (mode === 'MUTUAL') yield* ownCertificate(tls);
  if (!skips && tls.at('caCertificates').text === '') {
    const rule =
      mode === 'SIMPLE'
        ? clientTlsRules.CLIENT_TLS_WITHOUT_CA
        : clientTlsRules.CLIENT_MUTUAL_TLS_WITHOUT_CA;
    yield rule.on(tls, `Mode ${mode} has no caCertificates.`);
  }
};

/** In mode MUTUAL the credential may hold the client's certificate only, so it may stay. */
function* unverified(tls: Spot, mode: string): Iterable<Remark> {
  const named = filled(
    tls,
    mode === 'SIMPLE' ? ['caCertificates', 'credentialName'] : ['caCertificates'],
  );
  const [field] = [...named, ...tls.setOf('subjectAltNames')];
  if (field === undefined) return;
  yield clientTlsRules.CLIENT_TLS_SKIP_VERIFY_AND_CA.on(tls.at(field), `${field} is set.`);
}

function* credential(tls: Spot): Iterable<Remark> {
  const [field] = filled(tls, files);
  if (field === undefined) return;
  yield clientTlsRules.CLIENT_TLS_CREDENTIAL_AND_FILES.on(tls.at(field), `${field} is set too.`);
}

function* ownCertificate(tls: Spot): Iterable<Remark> {
  if (tls.at('clientCertificate').text === '') {
    yield clientTlsRules.CLIENT_TLS_CERTIFICATE_MISSING.on(tls, 'There is no clientCertificate.');
  }
  if (tls.at('privateKey').text === '') {
    yield clientTlsRules.CLIENT_TLS_KEY_MISSING.on(tls, 'There is no privateKey.');
  }
}
