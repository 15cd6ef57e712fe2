// The vendor's own script: knows nothing of the guide.

const kids = document.querySelector("#kids");
let next = 1;

function addKid() {
  const row = document.querySelector("#kid").content.cloneNode(true);
  const number = next++;
  for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace("#", number);
  row.querySelector(".remove").addEventListener("click", (event) => event.target.closest(".kid").remove());
  kids.append(row);
}

document.querySelector("#add-kid").addEventListener("click", addKid);
document.querySelector("#vr").addEventListener("submit", (event) => {
  event.preventDefault(); // a real form would be sent here
  document.querySelector("#sent").textContent = "Sent.";
});
addKid();
