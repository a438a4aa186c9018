// An account on masto that does what ours does, and says on each line what it saw.
import { createRequire } from 'node:module';

const { createRestAPIClient } = createRequire(`${process.env.SERGE_NODE_CLIENTS}/`)('masto');
const [url, accessToken] = process.argv.slice(2);
const say = (...what) => console.log(...what);
const outcome = call => call.then(() => 'done', error => `${error.name} ${error.statusCode}`);

const server = createRestAPIClient({ url, accessToken });
const me = await server.v1.accounts.verifyCredentials();
say('account', me.acct);
const instance = await server.v2.instance.fetch();
say('limit', instance.configuration.statuses.maxCharacters);

const once = { requestInit: { headers: { 'Idempotency-Key': 'once' } } };
const words = { status: 'Words #VictorSerge', visibility: 'unlisted', language: 'en', spoilerText: 'violence' };
const first = await server.v1.statuses.create(words, once);
const again = await server.v1.statuses.create(words, once);
say('sent', first.id === again.id ? 'once' : 'twice', first.visibility, first.spoilerText, first.tags.map(tag => tag.name).join());
say('edited', (await server.v1.statuses.$select(first.id).update({ status: 'Other words' })).content);

for (const number of [1, 2, 3]) {
  await server.v1.statuses.create({ status: `Number ${number}` });
}

let pages = 0, statuses = 0;
for await (const page of server.v1.accounts.$select(me.id).statuses.list({ limit: 2 })) {
  pages += page.length > 0 ? 1 : 0;
  statuses += page.length;
}

say('listed', statuses, 'on', pages, 'pages');
say('too long:', await outcome(server.v1.statuses.create({ status: 'x'.repeat(501) })));
await server.v1.statuses.$select(first.id).remove();
say('deleted:', await outcome(server.v1.statuses.$select(first.id).fetch()));
say('wrong token:', await outcome(createRestAPIClient({ url, accessToken: 'wrong' }).v1.accounts.verifyCredentials()));
