/**
 * What one statement hands on to the next: rare fields stay unfolded for whoever needs them, and the speaker
 * named last is offered where one has been named.
 */

const isUnfolded = () => window.sessionStorage.getItem("unfolded") !== null;

document.addEventListener("click", (event) => {
  const details = event.target.closest?.(".card summary")?.parentElement;
  if (!details?.matches(".fold")) return;
  if (details.open) window.sessionStorage.removeItem("unfolded");
  else window.sessionStorage.setItem("unfolded", "1");
});

/* a card that is to come open: one that is closed now, or that of a new statement */
document.addEventListener("htmx:configRequest", ({ detail: { elt, target, formData } }) => {
  const comesOpen = target.matches("#statements > .card:not(.open)") || elt.id === "mark-form";
  if (comesOpen && isUnfolded()) formData.set("unfolded", "1");
});

function offerSame() {
  const same = document.querySelector("#statements > .card.open .same");
  if (same) same.hidden = !document.querySelector("#statements .who b:not(.none)");
}

document.addEventListener("htmx:afterSettle", offerSame);

for (const details of document.querySelectorAll(".card.open details.fold")) details.open = isUnfolded();
offerSame();
