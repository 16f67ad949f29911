// A page that shows how far some work is looks again by itself, and is shown anew once the work has ended.
import { isShut } from "./send.js";

const LOOK_FIRST = 1000;
const LOOK_LAST = 4000;

function seen(page) {
  const now = document.querySelector("[data-look]");
  const fresh = page.querySelector("[data-look]");
  if (!now || !fresh) return false;
  const bar = now.querySelector("progress");
  const further = fresh.querySelector("progress");
  if (bar && further) bar.value = further.value;
  const far = now.querySelector("[data-far]");
  const text = fresh.querySelector("[data-far]").textContent;
  if (far.textContent !== text) far.textContent = text;
  return fresh.querySelectorAll("*").length === now.querySelectorAll("*").length;
}

async function lookAgain(pause) {
  if (document.hidden) return setTimeout(lookAgain, pause, pause);
  let answer, html;
  try {
    answer = await fetch(location.href);
    html = await answer.text();
  } catch {
    return setTimeout(lookAgain, LOOK_LAST, LOOK_LAST); // the line is cut
  }
  const same = answer.ok && !isShut(answer) && seen(new DOMParser().parseFromString(html, "text/html"));
  if (!same && answer.status < 500) return location.reload();
  setTimeout(lookAgain, pause, Math.min(pause * 1.5, LOOK_LAST));
}

if (document.querySelector("[data-look]")) setTimeout(lookAgain, LOOK_FIRST, LOOK_FIRST);
