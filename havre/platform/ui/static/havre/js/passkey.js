// Passkeys: the browser is asked, its answer is put into the form, the form goes on. Without script the form stays hidden,
// and the code of an app does.
import { sayAloud } from "./say.js";


function bytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function unpacked(options) {
  const told = { ...options, challenge: bytes(options.challenge) };
  if (told.user) told.user = { ...told.user, id: bytes(told.user.id) };
  for (const name of ["allowCredentials", "excludeCredentials"]) {
    if (told[name]) told[name] = told[name].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return told;
}

function packed(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} };
}

async function touch(form) {
  const missed = form.querySelector("[data-missed]");
  missed.hidden = true;
  try {
    const publicKey = unpacked(JSON.parse(form.dataset.options));
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.querySelector("[data-answer]").value = JSON.stringify(packed(made));
    form.submit();
  } catch {
    missed.hidden = false;
    sayAloud(missed.textContent.trim());
  }
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.querySelector("[autofocus]")?.focus();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    touch(form);
  });
}
