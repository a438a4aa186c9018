// Requests to the playground.

/** Posts JSON; resolves to the response, with `problem` set if it failed. */
export async function post(path, body) {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    return await response.json();
  } catch {
    return { problem: 'The playground does not respond.' };
  }
}

/** Gets JSON; resolves to the response, with `problem` set if it failed. */
export async function get(path) {
  try {
    return await (await fetch(path)).json();
  } catch {
    return { problem: 'The playground does not respond.' };
  }
}
