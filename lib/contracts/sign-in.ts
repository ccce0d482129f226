import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';

/** Fewer characters can be guessed: NIST SP 800-63B, 3.1.1.2, asks for 15 where nothing else protects. */
export const MIN_PASSWORD_LENGTH = 15;
const MAX_PASSWORD_LENGTH = 200;

const password = z.string().max(MAX_PASSWORD_LENGTH);
const code = z.string().max(100);

/** POST /api/sign-in/password */
export const passwordSignInSchema = z.object({ email: z.string().max(300), password });

/** POST /api/sign-in/link: the code of the address that the start printed. */
export const linkSignInSchema = z.object({ code });

/** POST /api/sign-in/invitation: whom the code is for chooses a password. */
export const invitationSchema = z.object({ code, password });

/** What a sign-in is answered with. */
export const signedInSchema = z.object({ name: z.string() });

/** Who asks, and what they may do. */
export const viewerSchema = z.object({
  kind: z.enum(['person', 'token', 'local-operator', 'anybody', 'nobody']),
  /** As events and the record of actions name them: `user:ada`, `token:till`, `local-operator`. */
  actor: z.string(),
  /** As people call them. */
  name: z.string(),
  /** Permissions, as the users module writes them: `bank:view`. */
  rights: z.array(z.string()).readonly(),
});
export type Viewer = z.infer<typeof viewerSchema>;

/** GET /api/session: who is signed in here, where else, and by what they can sign in. */
export const sessionAnswerSchema = z.object({
  viewer: viewerSchema,
  sessions: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      address: z.string(),
      userAgent: z.string(),
      createdAt: z.string(),
      expiresAt: z.string(),
      isThis: z.boolean(),
    }),
  ),
  passkeys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      createdAt: z.string(),
      lastUsedAt: z.string().nullable(),
    }),
  ),
});
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

/** POST /api/users/[userId]/invitation: where they choose a password, from the console's origin on. */
export const invitationAnswerSchema = z.object({ path: z.string() });

const object = (value: unknown) => typeof value === 'object' && value !== null;

/** POST /api/sign-in/passkey/options: a challenge, and the code that belongs to it. */
export const passkeySignInOptionsSchema = z.object({
  code,
  options: z.custom<PublicKeyCredentialRequestOptionsJSON>(object),
});

/** POST /api/sign-in/passkey: what the browser's passkey has signed. */
export const passkeySignInSchema = z.object({
  code,
  response: z.custom<AuthenticationResponseJSON>(object),
});

/** POST /api/session/passkeys/options: what a new passkey must be like. */
export const passkeyOptionsSchema = z.object({
  code,
  options: z.custom<PublicKeyCredentialCreationOptionsJSON>(object),
});

/** POST /api/session/passkeys: a new passkey, under a name of its owner's. */
export const newPasskeySchema = z.object({
  code,
  name: z.string().trim().min(1, 'A passkey needs a name.').max(60),
  response: z.custom<RegistrationResponseJSON>(object),
});

export const passkeyAnswerSchema = z.object({ id: z.string() });
