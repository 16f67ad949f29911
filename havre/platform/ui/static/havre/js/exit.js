// Quick exit: the button, or Esc three times. Without script the same form answers 303 and clears the site's data.

const ESCAPES = 3;
const WITHIN = 1500;
// The server may not hear of it when the line is cut: whatever it is asked next by this browser carries this, and the
// session ends then.
const LEFT = "__Host-havre-left=1; path=/; secure; samesite=strict";
let escapes = [];

export function isGone() {
  return "gone" in document.documentElement.dataset;
}

export function markGone() {
  document.documentElement.dataset.gone = "";
}

function leaveNow(form) {
  markGone();
  document.cookie = LEFT;
  document.title = "";
  document.body.hidden = true;
  const body = new URLSearchParams(new FormData(form));
  fetch(form.getAttribute("action"), { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
  location.replace(form.dataset.to);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-exit]")) return;
  event.preventDefault();
  leaveNow(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  const now = Date.now();
  escapes = [...escapes.filter((then) => now - then < WITHIN), now];
  const form = document.querySelector("form[data-exit]");
  if (escapes.length >= ESCAPES && form) leaveNow(form);
}, true);

// A page that the browser kept and brings back is asked for again, so that a closed session shows nothing.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
