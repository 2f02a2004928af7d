// Asks the device. Every failure is an Error with a sentence for the operator.
const PATIENCE_MS = 10_000;

async function ask(path, options, patience) {
  let answer;
  try {
    answer = await fetch(path, {...options, signal: AbortSignal.timeout(patience)});
  } catch (problem) {
    const slow = problem.name === 'TimeoutError';
    throw new Error(slow ? `no answer in ${patience / 1000} s` : 'the device cannot be reached');
  }
  if (answer.status === 401) {
    location.reload();
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(body.error?.message ?? `the device answered ${answer.status}`);
  }
  return body;
}

export const get = (path) => ask(path, {}, PATIENCE_MS);

export const post = (path, body, patience) =>
  ask(path, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)}, patience);
