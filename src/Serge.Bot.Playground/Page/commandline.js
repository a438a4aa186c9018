// Parses a slash command that is being typed.

/**
 * @param {string} line The line up to the caret.
 * @param {Array} commands The commands with their options.
 * @param {string} settled The part of the line that was selected from a list: its values are complete.
 * @returns {{kind: 'none'|'command'|'option'|'value', typed: string, start: number, options?: Array, option?: object}}
 * `start` is the index of the typed part; `options` are those of the command, or of the subcommand that the line names.
 */
export function parse(line, commands, settled = '') {
  const name = /^\/(\S*)/.exec(line)?.[1];
  if (name === undefined) {
    return { kind: 'none', typed: '', start: 0 };
  }
  if (line.length === name.length + 1) {
    return { kind: 'command', typed: name, start: 1 };
  }

  const command = commands.find(one => one.name === name);
  if (!command) {
    return { kind: 'none', typed: '', start: 0 };
  }

  // A value ends before the next option name, so the last name counts.
  let option = null;
  let { options, start } = descend(line, command);
  for (const match of line.matchAll(/(?<=\s)([\w-]+):/g)) {
    const found = options.find(one => one.name === match[1] && !one.isSubcommand);
    if (found) {
      option = found;
      start = match.index + match[0].length;
    }
  }

  const isSettled = settled.length > start && line.startsWith(settled);
  if (option && !isSettled) {
    return { kind: 'value', options, option, typed: line.slice(start), start };
  }

  const from = isSettled ? settled.length : start;
  return { kind: 'option', options, typed: line.slice(from), start: from };
}

/** Follows the names of subcommands and their groups: the options at the end of them, and the index after them. A name ends with a space. */
function descend(line, command) {
  let { options } = command;
  let start = command.name.length + 2;
  for (const [part, word] of line.slice(start).matchAll(/\s*(\S+)\s/gy)) {
    const found = options.find(one => one.isSubcommand && one.name === word);
    if (!found) {
      break;
    }
    ({ options } = found);
    start += part.length;
  }
  return { options, start };
}

/** The options that the line does not have yet. */
export const unused = (line, options) => options.filter(option => option.isSubcommand || !line.includes(` ${option.name}:`));
