import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { type Sent, sendJson } from '#components/ui/send-json.ts';
import {
  passkeyAnswerSchema,
  passkeyOptionsSchema,
  passkeySignInOptionsSchema,
  signedInSchema,
} from '#lib/contracts/sign-in.ts';

/** Passkeys belong to a name: a browser makes none for an address such as 127.0.0.1. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|^\[/.test(window.location.hostname);
}

/** Signs in by a passkey of this browser. */
export async function signInByPasskey(): Promise<Sent<{ name: string }>> {
  const asked = await sendJson(passkeySignInOptionsSchema, '/api/sign-in/passkey/options');
  if (!asked.ok) {
    return asked;
  }
  const { code, options } = asked.answer;
  const response = await startAuthentication({ optionsJSON: options }).catch(() => null);
  return response === null
    ? toGivenUp('No passkey was used.')
    : sendJson(signedInSchema, '/api/sign-in/passkey', { code, response });
}

/** Makes a passkey in this browser for who is signed in. */
export async function addPasskey(name: string): Promise<Sent<{ id: string }>> {
  const asked = await sendJson(passkeyOptionsSchema, '/api/session/passkeys/options');
  if (!asked.ok) {
    return asked;
  }
  const { code, options } = asked.answer;
  const response = await startRegistration({ optionsJSON: options }).catch(() => null);
  return response === null
    ? toGivenUp('No passkey was made.')
    : sendJson(passkeyAnswerSchema, '/api/session/passkeys', { code, name, response });
}

const toGivenUp = (message: string) => ({ ok: false, message, field: undefined }) as const;
