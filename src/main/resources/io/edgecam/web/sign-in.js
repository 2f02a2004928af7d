// Sends the token and, when it is right, loads the page that was asked for.
const form = document.querySelector('form');
const result = document.querySelector('#result');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  result.textContent = '';
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
    if (answer.ok) {
      location.reload();
      return;
    }
    const body = await answer.json();
    result.textContent = `${body.error.message}.`;
    form.token.select();
  } catch {
    result.textContent = 'The device does not answer. Try again.';
  } finally {
    button.disabled = false;
  }
});
