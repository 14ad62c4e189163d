// A certified OpenID Connect provider on loopback, for the tests of single sign-on. It prints its address, signs in
// whoever the test names, and can be told to misbehave in ways that a real one never would:
//
//   POST /control {"redirectUris": […]}            where it may send people back to
//   POST /control {"account": {"sub": "…", …}}     who signs in from now on, with these claims
//   POST /control {"fault": "audience"}            how the next id_token is wrong
//   POST /control {"rotate": true}                 a new signing key; the old one is gone
//
// It ends when its input ends, so that it never outlives the test that started it.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

const algorithm = process.env.OIDC_ALGORITHM ?? 'RS256';
const state = { redirectUris: ['http://127.0.0.1/unset'], account: { sub: 'nobody' }, fault: undefined };
let keys = [await newKey()];
let provider;
let requests = { discovery: 0, keys: 0 };

process.stdin.on('end', () => process.exit()).resume();
const server = createServer(async (request, response) => {
  if (request.url === '/control') return response.end(JSON.stringify(await control(request)));
  if (request.url === '/.well-known/openid-configuration') requests.discovery++;
  if (request.url === '/jwks') requests.keys++;
  if (request.url.startsWith('/interaction/')) return signIn(request, response);
  return provider.callback()(request, response);
});
server.listen(0, '127.0.0.1', () => {
  state.issuer = `http://127.0.0.1:${server.address().port}`;
  build();
  console.log(state.issuer);
});

async function control(request) {
  let text = '';
  for await (const part of request) text += part;
  const { rotate, ...change } = JSON.parse(text);
  Object.assign(state, change);
  if (rotate) keys = [await newKey()];
  build();
  const seen = requests;
  requests = { discovery: 0, keys: 0 };
  return seen;
}

async function newKey() {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig', kid: crypto.randomUUID() };
}

function build() {
  const client = {
    redirect_uris: state.redirectUris,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: algorithm,
  };
  provider = new Provider(state.issuer, {
    clients: [
      { ...client, client_id: 'cairn', client_secret: 'a secret of ours & more: +%2B' },
      { ...client, client_id: 'another', client_secret: 'another secret' },
      { ...client, client_id: 'public', token_endpoint_auth_method: 'none' },
    ],
    jwks: { keys },
    cookies: { keys: ['a cookie key of a test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'HS256'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...state.account, sub: id }) }),
  });
  provider.use(async (context, next) => {
    await next();
    if (context.oidc?.route === 'token' && context.body?.id_token && state.fault)
      context.body = { ...context.body, id_token: await spoil(context.body.id_token) };
  });
}

/** Signs the account of the test in and agrees to everything, as a person would with two clicks. */
async function signIn(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: state.account.sub, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  await provider.interactionFinished(request, response, {
    login: { accountId: state.account.sub },
    consent: { grantId: await grant.save() },
  });
}

const decode = (part) => JSON.parse(Buffer.from(part, 'base64url'));

/** The id_token with one thing wrong, signed as if it were right. */
async function spoil(token) {
  const [header, claims] = token.split('.').slice(0, 2).map(decode);
  const hour = 3_600;
  const ways = {
    nonce: () => ({ nonce: 'another nonce' }),
    'no nonce': () => ({ nonce: undefined }),
    audience: () => ({ aud: 'another' }),
    'second audience': () => ({ aud: ['cairn', 'another'] }),
    'authorized party': () => ({ azp: 'another' }),
    issuer: () => ({ iss: 'https://evil.example' }),
    expired: () => ({ exp: claims.exp - 2 * hour, iat: claims.iat - 2 * hour }),
    'from the future': () => ({ iat: claims.iat + hour, exp: claims.exp + hour }),
    'no subject': () => ({ sub: undefined }),
    'another subject': () => ({ sub: 'somebody-else' }),
  };
  const wrong = { ...claims, ...ways[state.fault]?.() };
  if (state.fault === 'no signature')
    return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`;
  if (state.fault === 'shared secret')
    return new SignJWT(wrong).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('a secret of ours & more: +%2B'));
  if (state.fault === 'broken signature') return token.slice(0, -4) + (token.endsWith('AAAA') ? 'BBBB' : 'AAAA');
  const key = state.fault === 'unknown key' ? await newKey() : keys[0];
  const kid = state.fault === 'unknown key with a known name' ? keys[0].kid : key.kid;
  const signer = state.fault === 'unknown key with a known name' ? await newKey() : key;
  return new SignJWT(wrong)
    .setProtectedHeader({ ...header, kid })
    .sign(await importJWK(signer, algorithm));
}
