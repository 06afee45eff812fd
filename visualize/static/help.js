/** The list of keys, and the switch of those that are one letter. */
import { keepLetters, letterOf, lettersOn } from "./letters.js";

export function wireHelp() {
  const help = document.getElementById("help");
  const letters = document.getElementById("letters");
  if (!(help instanceof HTMLDialogElement) || !(letters instanceof HTMLInputElement)) return;
  letters.checked = lettersOn();
  letters.addEventListener("change", () => keepLetters(letters.checked));
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-help]")) help.showModal();
    else if (target === help) help.close(); // the dark around it
  });
  document.addEventListener("keydown", (event) => {
    if (letterOf(event) !== "?") return;
    event.preventDefault();
    help.showModal();
  });
}
