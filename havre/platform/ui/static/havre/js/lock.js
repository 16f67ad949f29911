// After the quiet minutes the draft is kept and the session locked; the page asks for the way in and then returns
// to the same field.
import { sayAloud, words } from "./say.js";
import { fieldNow } from "./place.js";
import { markGone } from "./exit.js";
import { saveAllDrafts } from "./drafts.js";
import { tokenOf } from "./send.js";

const QUIET = Number(document.body.dataset.lockMinutes || 0) * 60000;
// One window in use keeps the others of the same worker awake.
const awake = typeof BroadcastChannel === "function" ? new BroadcastChannel("awake") : null;
const AGAIN_LOCK = 10000;
let lastTouch = Date.now();
let locking = false;

function touched() {
  const now = Date.now();
  if (now - lastTouch > 5000) awake?.postMessage(now);
  lastTouch = now;
}

function veil() {
  const main = document.getElementById("main");
  if (!main || main.hidden) return;
  const notice = words("veil");
  main.hidden = true;
  main.before(notice);
  sayAloud(notice.textContent.trim());
}

async function shutSession() {
  const body = new URLSearchParams({ csrfmiddlewaretoken: tokenOf(document) });
  try {
    const answer = await fetch(document.body.dataset.lock, { method: "POST", body, redirect: "manual" });
    return answer.type === "opaqueredirect" || answer.ok;
  } catch {
    return false;
  }
}

async function lockNow() {
  locking = true;
  const field = fieldNow();
  if ((await saveAllDrafts()) && (await shutSession())) {
    markGone();
    if (field) history.replaceState(null, "", `#f-${encodeURIComponent(field)}`);
    location.reload();
    return;
  }
  // Leaving now would lose the words: hide them instead, and go once the line is back.
  veil();
  setTimeout(lockNow, AGAIN_LOCK);
}

function checkQuiet() {
  if (!locking && Date.now() - lastTouch >= QUIET) lockNow();
}

if (QUIET && document.body.dataset.lock) {
  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    addEventListener(kind, touched, { passive: true, capture: true });
  }
  if (awake) awake.onmessage = () => { lastTouch = Date.now(); };
  setInterval(checkQuiet, Math.min(5000, QUIET / 4));
  document.addEventListener("visibilitychange", checkQuiet);
  addEventListener("online", () => { if (locking) lockNow(); });
}
