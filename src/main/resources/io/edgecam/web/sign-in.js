// Sends the token and, when it is right, loads the page that was asked for.
const form = document.querySelector('form');
const result = document.querySelector('#result');
const button = form.querySelector('button');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  result.textContent = '';
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
    if (answer.ok) {
      location.reload();
      return;
    }
    const body = await answer.json();
    const said = body.error.message;
    result.textContent = `${said[0].toUpperCase()}${said.slice(1)}.`;
    form.token.select();
  } catch {
    result.textContent = 'The device does not answer. Try again.';
  } finally {
    button.disabled = false;
  }
});

// only now: without this script the form would lead nowhere
button.disabled = false;
