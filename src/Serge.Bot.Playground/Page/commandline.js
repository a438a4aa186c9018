// Parses a slash command that is being typed.

/**
 * @param {string} line The line up to the caret.
 * @param {Array} commands The commands with their options.
 * @param {string} settled The part of the line that was selected from a list: its values are complete.
 * @returns {{kind: 'none'|'command'|'option'|'value', typed: string, start: number, command?: object, option?: object}}
 * `start` is the index of the typed part.
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
  let start = name.length + 2;
  for (const match of line.matchAll(/(?<=\s)([\w-]+):/g)) {
    const found = command.options.find(one => one.name === match[1]);
    if (found) {
      option = found;
      start = match.index + match[0].length;
    }
  }

  const isSettled = settled.length > start && line.startsWith(settled);
  if (option && !isSettled) {
    return { kind: 'value', command, option, typed: line.slice(start), start };
  }

  const from = isSettled ? settled.length : start;
  return { kind: 'option', command, typed: line.slice(from), start: from };
}

/** The options of a command that the line does not have yet. */
export const unused = (line, command) => command.options.filter(option => !line.includes(` ${option.name}:`));
