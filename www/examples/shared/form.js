/** What the examples begin with: invented people, and an impact text that says only where the child was. A new copy each time. */
export const start = () => ({
  formType: "domestic-abuse",
  createdAt: "2026-11-20T23:40",
  incident: {
    occurredAt: "2026-11-20T21:40",
    domesticAbuse: true,
    narrative: "Kelly said Dean came in drunk, shouted and pushed her on to the sofa. Ava saw it from the doorway.",
  },
  children: [{ id: "c1", name: "Ava", ageYears: 7, presence: "in-room", impact: "In bed upstairs." }],
});

/** The same in JSON Schema, for builders that take one. */
export const schema = {
  type: "object",
  properties: {
    incident: { type: "object", title: "Incident", properties: { narrative: { type: "string", title: "What happened" } } },
    children: {
      type: "array",
      title: "Children",
      items: {
        type: "object",
        properties: {
          name: { type: "string", title: "Name" },
          ageYears: { type: "integer", title: "Age" },
          impact: { type: "string", title: "What it meant for this child" },
        },
      },
    },
  },
};
