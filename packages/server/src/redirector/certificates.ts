// The certificates of the redirector: a local authority, made at its first use and kept in the data folder, and one
// certificate by it for LINE's hosts, made at each start. The authority is put into no system's store; who shall trust
// it is told its file.
import { createPrivateKey, type KeyObject, webcrypto, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'

export interface HostCertificate {
  /** PEM. */
  readonly key: string
  /** PEM. */
  readonly cert: string
  /** The authority's certificate alone, for what adds it to others. */
  readonly authorityFile: string
  /** The authority's certificate beside those that Node trusts, for what takes one file in place of the system's. */
  readonly bundleFile: string
}

interface Authority {
  /** PEM. */
  readonly key: string
  readonly cert: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3650
/** Clients of Apple refuse more than 825. */
const HOST_DAYS = 90
/** A clock that is a little behind must not refuse. */
const BACKDATE_MS = DAY_MS

/** @throws the file system's errors */
export async function makeHostCertificate(folder: string, hosts: readonly string[]): Promise<HostCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const authority = readAuthority(folder) ?? (await makeAuthority(folder))
  const bundleFile = join(folder, 'ca-bundle.pem')
  writeFileSync(bundleFile, `${[authority.cert, ...rootCertificates].join('\n')}\n`)
  const host = await issueFor(hosts, authority)
  return { ...host, authorityFile: join(folder, 'ca.pem'), bundleFile }
}

/** Undefined where there is none, or it is about to expire. */
function readAuthority(folder: string): Authority | undefined {
  const [keyFile, certFile] = [join(folder, 'ca.key'), join(folder, 'ca.pem')]
  if (!existsSync(keyFile) || !existsSync(certFile)) return undefined
  const cert = readFileSync(certFile, 'utf8')
  const endsAtMs = Date.parse(new X509Certificate(cert).validTo)
  return endsAtMs - HOST_DAYS * DAY_MS > Date.now() ? { key: readFileSync(keyFile, 'utf8'), cert } : undefined
}

async function makeAuthority(folder: string): Promise<Authority> {
  const { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } = await loadX509()
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Hatoba local authority (this machine only)',
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() - BACKDATE_MS),
    notAfter: new Date(Date.now() + AUTHORITY_DAYS * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  })
  const authority = { key: await pemOf(keys.privateKey), cert: certificate.toString('pem') }
  const keyFile = join(folder, 'ca.key')
  writeFileSync(keyFile, authority.key, { mode: 0o600 })
  chmodSync(keyFile, 0o600)
  writeFileSync(join(folder, 'ca.pem'), `${authority.cert}\n`)
  return authority
}

async function issueFor(hosts: readonly string[], authority: Authority): Promise<{ key: string; cert: string }> {
  const x509 = await loadX509()
  const keys = await newKeys()
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    toPkcs8(createPrivateKey(authority.key)),
    ALGORITHM,
    false,
    ['sign'],
  )
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${hosts[0]}`,
    issuer: new x509.X509Certificate(authority.cert).subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() - BACKDATE_MS),
    notAfter: new Date(Date.now() + HOST_DAYS * DAY_MS),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']), // TLS server
      new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value }))),
    ],
  })
  return { key: await pemOf(keys.privateKey), cert: certificate.toString('pem') }
}

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString()
}

const toPkcs8 = (key: KeyObject) => new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }))

/** Loaded with the first certificate: the redirector is for clients with fixed hosts alone. */
async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata') // a library below it needs that first
  return import('@peculiar/x509')
}
