/** The search box of every page; without this it is a plain form. */
import { letterOf } from "./letters.js";
import { Offers } from "./offers.js";

/** @param {import("./offers.js").Offer} offer */
function go({ url }) {
  if (url.startsWith("/") && !url.startsWith("//")) window.location.assign(url);
}

const box = document.getElementById("q");
const list = document.getElementById("offers");
const told = document.getElementById("offers-told");
const marks = document.getElementById("offer-marks");
if (box instanceof HTMLInputElement && list && told && marks instanceof HTMLTemplateElement) {
  new Offers(box, list, told, marks, go).listen();
  document.addEventListener("keydown", (event) => {
    if (letterOf(event) !== "/") return;
    event.preventDefault();
    box.focus();
  });
}
