// The secret of an invitation stands behind `#`, which no server sees: it goes into the form, and out of the address.
const invitation = document.querySelector("[data-invitation]");

if (invitation && location.hash.length > 1) {
  const secret = location.hash;
  invitation.value = secret.slice(1);
  invitation.closest(".hv-field").hidden = true;
  history.replaceState(null, "", location.pathname);
  // The way back from another language inherits what stands behind `#` in the address of its form.
  for (const form of document.querySelectorAll("form.hv-lang")) form.action += secret;
}
