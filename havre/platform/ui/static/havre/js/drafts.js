// The draft of a form is kept on the server while the worker types: form[data-draft] names the address.
import { away, note, tell } from "./say.js";
import { fieldNow } from "./place.js";
import { isGone } from "./exit.js";
import { tokenOf } from "./send.js";

const PAUSE = 1500;
const LATER = 10000;
const drafts = new Map();

function draftOf(form) {
  if (!drafts.has(form)) drafts.set(form, { dirty: false, timer: 0, busy: null, words: "" });
  return drafts.get(form);
}

function draftBody(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const secret = name === "csrfmiddlewaretoken" || form.elements[name]?.type === "password";
    if (typeof value === "string" && !secret) body.append(name, value);
  }
  return body;
}

async function postDraft(form, last) {
  const kept = draftOf(form);
  const body = draftBody(form);
  const words = String(body);
  kept.dirty = false;
  if (words === kept.words) return true;
  body.append("_at", fieldNow());
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body,
      keepalive: last,
      redirect: "manual",
      headers: { "X-CSRFToken": tokenOf(form), "X-Havre-Form": "1" },
    });
    if (answer.ok) kept.words = words;
    if (answer.ok) return true;
    if ([401, 423].includes(answer.status) || answer.type === "opaqueredirect") tell(form, away());
  } catch {
    // No line: the words stay on the page and the next try follows.
  }
  kept.dirty = true;
  return false;
}

export async function saveDraft(form, last = false) {
  const kept = draftOf(form);
  clearTimeout(kept.timer);
  if (kept.busy) await kept.busy;
  const sending = form.getAttribute("aria-busy") === "true";
  if (!kept.dirty || !form.isConnected || sending || isGone()) return !kept.dirty;
  kept.busy = postDraft(form, last);
  const done = await kept.busy;
  kept.busy = null;
  note(form, done ? "saved" : "unsaved");
  if (!done || kept.dirty) kept.timer = setTimeout(() => saveDraft(form), done ? PAUSE : LATER);
  return done;
}

// Before the form itself is sent no draft may be under way, or it would arrive after and bring the draft back.
export async function quietDraft(form) {
  const kept = draftOf(form);
  clearTimeout(kept.timer);
  if (kept.busy) await kept.busy;
  clearTimeout(kept.timer);
}

export function forceDraft(form) {
  draftOf(form).dirty = true;
  return saveDraft(form);
}

export async function saveAllDrafts(last = false) {
  const forms = [...document.querySelectorAll("main form[data-draft]")];
  const done = await Promise.all(forms.map((form) => saveDraft(form, last)));
  return done.every(Boolean);
}

function onTyped(event) {
  const form = event.target.closest?.("form[data-draft]");
  if (!form || event.target.type === "file" || event.target.type === "password") return;
  const kept = draftOf(form);
  kept.dirty = true;
  clearTimeout(kept.timer);
  kept.timer = setTimeout(() => saveDraft(form), PAUSE);
}

document.addEventListener("input", onTyped);
document.addEventListener("change", onTyped);
document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  const kept = form && draftOf(form);
  if (kept?.dirty) kept.timer = setTimeout(() => saveDraft(form), 0);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveAllDrafts(true);
});
addEventListener("pagehide", () => saveAllDrafts(true));
