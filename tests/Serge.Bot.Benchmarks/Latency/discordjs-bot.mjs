// A bot with one command that answers a constant: what discord.js itself needs.
import { createRequire } from 'node:module';

const { Client, GatewayIntentBits, Events } = createRequire(`${process.env.SERGE_NODE_CLIENTS}/`)('discord.js');
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: process.env.DISCORD_API } });
client.once(Events.ClientReady, () => client.application.commands.set([
  { name: 'quote', description: 'A quotation', options: [{ type: 3, name: 'id', description: 'Which' }] },
]));
client.on(Events.InteractionCreate, interaction => interaction.reply({ content: 'Words.', allowedMentions: { parse: [] } }));
await client.login(process.env.DISCORD_TOKEN);
