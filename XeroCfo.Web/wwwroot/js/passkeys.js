// Asks the browser for a passkey, or to make one, before the form goes out with its answer.
const form = document.querySelector('form[data-passkey]');
const failed = document.querySelector('[data-passkey-failed]');
form?.addEventListener('submit', async event => {
  const answer = form.querySelector('[name="Input.Credential"]');
  if (answer.value) {
    return;
  }

  event.preventDefault();
  failed.hidden = true;
  try {
    const options = JSON.parse(form.dataset.options);
    const credential = form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    answer.value = JSON.stringify(credential.toJSON());
    form.requestSubmit();
  } catch {
    failed.hidden = false;
  }
});
