// Where the worker stands in the page, and how she comes back to it.

let lastField = "";

document.addEventListener("focusin", (event) => {
  if (event.target.name && event.target.closest("main form[method=post]")) lastField = event.target.name;
});

export function fieldNow() {
  return lastField;
}

function focusField(name) {
  const found = [...document.querySelectorAll(`main [name="${CSS.escape(name)}"]`)].filter((one) => one.type !== "hidden");
  const field = found.find((one) => one.checked) || found[0];
  if (!field) return false;
  field.focus();
  field.scrollIntoView({ block: "center" });
  return true;
}

// What needs another look comes first, then the field she left, then the top of the page.
export function land(fresh) {
  const errors = document.querySelector("main [data-errors]");
  const wanted = location.hash.startsWith("#f-") ? decodeURIComponent(location.hash.slice(3)) : "";
  const kept = document.querySelector("main form[data-at]")?.dataset.at;
  if (errors) errors.focus();
  else if (wanted && focusField(wanted)) return;
  else if (kept && focusField(kept)) return;
  else if (fresh) document.getElementById("main")?.focus();
}

// The lock stands on the address of the page itself; the field it was left at goes along with the way back.
document.addEventListener("submit", (event) => {
  const here = event.target.querySelector("[data-here]");
  if (here && location.hash && !here.value.includes("#")) here.value += location.hash;
});

// A form that was kept while the session was locked goes on by itself.
document.querySelector("form[data-resume]")?.submit();

// What a search found is a page that was sent for: going back to it shows the list, not the browser's question.
if (document.querySelector("form[data-found]")) history.replaceState(history.state, "", location.href);

land(false);
