// What a page does beyond the page itself. Everything works without it too.
"use strict";

// What was typed into a kept field is held in this tab until its form has been sent, so that nothing typed is lost.
const nameOf = (field) => `${location.pathname}#${field.name}`;
for (const field of document.querySelectorAll("textarea[data-kept]")) {
  const held = sessionStorage.getItem(nameOf(field));
  if (held && !field.value) field.value = held;
  field.addEventListener("input", () => sessionStorage.setItem(nameOf(field), field.value));
  field.form?.addEventListener("submit", () => sessionStorage.removeItem(nameOf(field)));
}

// A list of mistakes is read first.
document.querySelector(".error-summary")?.focus();

// Nothing is sent twice by two quick presses.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
