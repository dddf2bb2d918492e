/* Binds the forms that a passkey answers to the functions of django-allauth, and says when one was not given. */
const failed = document.querySelector("[data-passkey-failed]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  failed.hidden = false;
});

const form = document.querySelector("[data-passkey]");
if (form && window.PublicKeyCredential) {
  form.hidden = false;
  const credential = form.elements.credential;
  const button = form.querySelector("#passkey_button");
  button.addEventListener("click", () => { failed.hidden = true; });
  const ids = { add: button.id, authenticate: button.id, login: button.id, credential: credential.id };
  if (form.elements.passwordless) ids.passwordless = form.elements.passwordless.id;
  if (document.getElementById("passkey_data")) ids.data = "passkey_data";
  form.addEventListener("submit", (event) => {
    if (event.submitter?.matches(".joinin-first")) { // the Enter key
      event.preventDefault();
      button.click();
    }
  });
  window.allauth.webauthn.forms[form.dataset.passkey]({ ids });
}
