// The button of a paper: shown where the browser can print by itself, and hidden where it cannot.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
