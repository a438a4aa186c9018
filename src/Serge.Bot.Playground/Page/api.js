// Requests to the playground, and the stream of its state.

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

/** Calls `views[part](value)` with each part of the state, at first and whenever it changes. */
export function follow(views, onConnected) {
  const source = new EventSource('api/events');
  source.onopen = () => onConnected(true);
  source.onerror = () => onConnected(false);
  for (const [part, show] of Object.entries(views)) {
    source.addEventListener(part, event => show(JSON.parse(event.data)));
  }
}
