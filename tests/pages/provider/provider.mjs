// A certified OpenID provider for the tests: one client, and accounts whose names are their addresses.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'etappi', client_secret: 'a secret of the tests', redirect_uris: [back],
    grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic',
  }],
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  features: { devInteractions: { enabled: true } },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified'), name: id }),
  }),
  cookies: { keys: ['of the tests'] },
});
provider.proxy = false;
createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => console.log('ready'));
