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

// A draft is saved of itself (htmx); until the server has it, it is held in this browser, and told when it could not be sent.
const writing = document.querySelector("textarea[data-draft]");
if (writing) {
  const form = writing.form;
  const name = nameOf(writing);
  const hold = () => sessionStorage.setItem(name, writing.value);
  const told = (which) => {
    for (const kind of ["offline", "refused"]) form.querySelector(`.when-${kind}`).hidden = kind !== which;
  };
  const held = sessionStorage.getItem(name);
  const answered = document.querySelector(".error-summary, #preview");
  if (held !== null && held !== writing.value && !answered) writing.value = held;
  writing.addEventListener("input", hold);
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) {
      told(null);
      if (form.querySelector("#saved.is-saved") && event.detail.requestConfig.parameters.text === writing.value)
        sessionStorage.removeItem(name);
    }
  });
  form.addEventListener("htmx:sendError", () => told("offline"));
  form.addEventListener("htmx:responseError", () => told("refused"));
  form.addEventListener("submit", () => sessionStorage.removeItem(name));
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
