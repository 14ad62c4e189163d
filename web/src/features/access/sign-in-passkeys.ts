import { json } from '@/api/http';

/** Whether this browser can make and use passkeys at this address; browsers refuse addresses without a name. */
export const canUsePasskeys = () =>
  window.isSecureContext === true &&
  typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function' &&
  !/^[\d.]+$|:/.test(location.hostname);

/** Whether the browser can offer passkeys by itself while somebody fills in their address. */
export const canOfferPasskeys = async () =>
  canUsePasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;

const waitMs = 4 * 60_000;

/** Asks for any passkey of this address; the answer is for the server to judge. */
export async function askForPasskey(signal?: AbortSignal, offer = false) {
  const options = await json<PublicKeyCredentialRequestOptionsJSON>('POST', '/v1/passkey-challenges', {
    signal,
  });
  const credential = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    mediation: offer ? 'conditional' : undefined,
    signal,
  });
  return (credential as PublicKeyCredential).toJSON();
}

/**
 * Offers passkeys beside the address until one is chosen or `signal` ends it. A challenge lives five minutes, so that
 * the offer is renewed before.
 */
export async function offerPasskeys(signal: AbortSignal) {
  while (!signal.aborted) {
    const renewal = AbortSignal.timeout(waitMs);
    try {
      return await askForPasskey(AbortSignal.any([signal, renewal]), true);
    } catch (error) {
      if (!renewal.aborted) throw error;
    }
  }
  throw new DOMException('Ended', 'AbortError');
}

export const signInWithPasskey = (credential: unknown) =>
  json<unknown>('POST', '/v1/sessions/passkey', { body: { credential } });

export const proveWithPasskey = async () =>
  json<void>('POST', '/v1/sessions/current/passkey-proof', { body: { credential: await askForPasskey() } });

/** Makes a passkey on this device, or on another one that the browser offers. */
export async function addPasskey(name: string) {
  const options = await json<PublicKeyCredentialCreationOptionsJSON>(
    'POST',
    '/v1/account/passkeys/challenges',
  );
  const made = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  });
  return json<{ id: string; name: string; recoveryCodes: string[] }>('POST', '/v1/account/passkeys', {
    body: { name, credential: (made as PublicKeyCredential).toJSON() },
  });
}

export const renamePasskey = (passkey: { id: string; name: string }) =>
  json<void>('PATCH', `/v1/account/passkeys/${passkey.id}`, { body: { name: passkey.name } });

export const removePasskey = (id: string) => json<void>('DELETE', `/v1/account/passkeys/${id}`);

/** Closing the browser's own window is no failure that a page should speak of. */
export const wasDeclined = (error: unknown) =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');

/** A first name for a new passkey: the browser and the system, as far as it tells. */
export function deviceName(agent: string) {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrom(e|ium)\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : 'Browser';
  const system = /iPhone|iPad/.test(agent)
    ? 'iOS'
    : /Android/.test(agent)
      ? 'Android'
      : /Mac OS X/.test(agent)
        ? 'macOS'
        : /Windows/.test(agent)
          ? 'Windows'
          : /Linux/.test(agent)
            ? 'Linux'
            : '';
  return system ? `${browser} on ${system}` : browser;
}
