/** What every consumer checks. */
export const form = {
  formType: "child-concern",
  incident: { narrative: "Zoë 👧 saw her father hit her mother." },
  children: [{ id: "c1", name: "Zoë", ageYears: 7, impact: "In bed upstairs. Safe and well." }],
};
