// A bot on discord.js that does what ours does, and says on each line what it saw.
import { createRequire } from 'node:module';

const { ActionRowBuilder, ButtonBuilder, Client, Events, GatewayIntentBits, MessageFlags, SlashCommandBuilder } =
  createRequire(`${process.env.SERGE_NODE_CLIENTS}/`)('discord.js');
const [api, token, channelId] = process.argv.slice(2);
const say = (...what) => console.log(...what);

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api, version: '10' } });
client.on(Events.Error, error => say('error', error.message));
client.on(Events.ShardResume, () => say('resumed'));

client.once(Events.ClientReady, async () => {
  say('ready', client.user.username, client.guilds.cache.map(guild => guild.name).join());
  await client.application.commands.set([
    new SlashCommandBuilder().setName('quote').setDescription('Says a quotation')
      .addStringOption(option => option.setName('topic').setDescription('About what').setAutocomplete(true)),
  ]);
  const channel = await client.channels.fetch(channelId);
  const first = await channel.send({ content: 'Hello', nonce: 'abc', enforceNonce: true });
  const again = await channel.send({ content: 'Hello', nonce: 'abc', enforceNonce: true });
  say('sent', first.id === again.id ? 'once' : 'twice');
  await first.edit('Hello, edited');
  say('edited');
  const other = await channel.send('To be deleted');
  await other.delete();
  say('deleted', (await channel.messages.fetch({ limit: 10 })).size, 'left');
});

client.on(Events.InteractionCreate, async interaction => {
  if (interaction.isAutocomplete()) {
    await interaction.respond([{ name: `About ${interaction.options.getFocused()}`, value: 'revolution' }]);
  } else if (interaction.isButton()) {
    await interaction.update({ content: `${interaction.user.username} pressed ${interaction.customId}`, components: [] });
  } else if (interaction.options.getString('topic') === 'slow') {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply('At last');
  } else {
    const more = new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(1));
    await interaction.reply({ content: `For ${interaction.member.user.username} in ${interaction.guild.name}`, components: [more] });
  }
});

await client.login(token);
