// A form is sent without leaving its page, so a cut line, a locked session or a fault on our side loses nothing typed.
// Each try carries the same form token: sent twice, saved once.
import { away, hush, retold, tell, words } from "./say.js";
import { land } from "./place.js";
import { markGone } from "./exit.js";
import { forceDraft, quietDraft } from "./drafts.js";

const AGAIN = 10000;
const PATIENCE = 20000;
const waiting = new Map();

// The session is over when the answer leads to the door; 401 and 423 say so too.
export function isShut(answer) {
  const go = answer.headers.get("X-Havre-Go") || (answer.redirected ? answer.url : "");
  const door = go && new URL(go, location.href).pathname === document.body.dataset.signin;
  return [401, 423].includes(answer.status) || door;
}

export function tokenOf(form) {
  return form.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

function goTo(url) {
  markGone();
  const target = new URL(url, location.href);
  const same = target.pathname + target.search === location.pathname + location.search;
  if (same && target.hash) {
    location.hash = target.hash;
    location.reload();
  } else location.assign(target);
}

function keepFiles(from, to) {
  for (const old of from.querySelectorAll("input[type=file]")) {
    const fresh = to.querySelector(`input[type=file][name="${CSS.escape(old.name)}"]`);
    if (fresh && old.files.length) fresh.files = old.files;
  }
}

function renew(page) {
  const old = document.getElementById("main");
  const fresh = document.adoptNode(page.getElementById("main"));
  keepFiles(old, fresh);
  old.replaceWith(fresh);
  document.title = page.title;
  land(true);
}

// Signing in again gives a new token; the typed words stay, only the token is exchanged.
async function freshToken() {
  const answer = await fetch(location.href, { headers: { "X-Havre-Form": "1" } });
  if (!answer.ok || isShut(answer)) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = tokenOf(page);
  for (const kept of document.querySelectorAll("[name=csrfmiddlewaretoken]")) if (token) kept.value = token;
}

// `body` is kept when the line was cut and nobody knows whether the server has it: the same words go again.
function waitFor(form, notice, kept) {
  tell(form, notice);
  clearTimeout(waiting.get(form)?.timer);
  waiting.set(form, { ...kept, timer: setTimeout(() => sendForm(form, kept.submitter), AGAIN) });
}

function tryAllAgain() {
  for (const [form, kept] of waiting) if (kept.timer) sendForm(form, kept.submitter);
}

function bodyOf(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  return body;
}

function sameWords(one, other) {
  const told = (body) => [...body].filter(([name]) => name !== "csrfmiddlewaretoken").map(String).join("\n");
  return told(one) === told(other);
}

// What was typed after the first try is not in what was saved: it becomes the draft of the page, which is shown again.
async function arrive(form, submitter, body, url) {
  if (form.dataset.draft && !sameWords(body, bodyOf(form, submitter)) && await forceDraft(form)) {
    markGone();
    location.reload();
  } else goTo(url);
}

// It is asked once more who is there: that page takes the place of this one, and keeps what was sent.
function sendPlainly(form, submitter) {
  markGone();
  form.dataset.plain = "";
  form.requestSubmit(submitter || undefined);
}

function settle(form, submitter, body, answer, html) {
  if (answer.status === 428) return sendPlainly(form, submitter);
  if (isShut(answer)) return waitFor(form, away(), { submitter, doubt: true });
  const go = answer.headers.get("X-Havre-Go") || (answer.redirected && answer.url);
  if (go) return arrive(form, submitter, body, go);
  const page = new DOMParser().parseFromString(html, "text/html");
  const ours = page.getElementById("main");
  if (answer.status >= 502 && answer.status <= 504) {
    return waitFor(form, ours ? retold(page) : words("line"), { submitter, body: ours ? null : body });
  }
  // A page without a form would take the typed words away: it is told beside them instead.
  if ([200, 409, 422].includes(answer.status) && ours?.querySelector("form[method=post]")) return renew(page);
  if (answer.status === 403) waiting.set(form, { submitter, doubt: true, timer: 0 });
  tell(form, retold(page));
}

function post(form, submitter, body) {
  body.set("csrfmiddlewaretoken", tokenOf(form));
  const to = submitter?.getAttribute("formaction") || form.getAttribute("action") || location.pathname + location.search;
  const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
  return fetch(to, { method: "POST", body, signal, headers: { "X-Havre-Form": "1" } });
}

export async function sendForm(form, submitter) {
  const kept = waiting.get(form);
  clearTimeout(kept?.timer);
  waiting.delete(form);
  if (!form.isConnected || form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const body = kept?.body || bodyOf(form, submitter);
  let answer, html;
  try {
    await quietDraft(form);
    if (kept?.doubt) await freshToken();
    answer = await post(form, submitter, body);
    html = await answer.text();
  } catch {
    answer = null;
  }
  form.removeAttribute("aria-busy");
  if (!answer || html === undefined) return waitFor(form, words("line"), { submitter, body, doubt: kept?.doubt });
  hush(form);
  await settle(form, submitter, body, answer, html);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("#main.hv-page form[method=post]:not([data-plain])")) return;
  event.preventDefault();
  sendForm(form, event.submitter);
});

addEventListener("online", tryAllAgain);
addEventListener("focus", tryAllAgain);
