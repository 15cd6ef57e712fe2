// Which policies the demo offers: whatever packs were built into www/policies.

/** Each policy once for every language its messages come in. @typedef {{ file: string, locale?: string, label: string }} Choice */

const LANGUAGES = { cy: "Cymraeg (Welsh)" };

/**
 * The choices, from the list that the build writes beside the packs; only the module's own policy where there is no list.
 *
 * @returns {Promise<Choice[]>}
 */
export async function policyChoices() {
  try {
    const response = await fetch("../policies/index.json");
    if (!response.ok) return [];
    const { policies } = await response.json();
    return policies.flatMap(({ file, name, locales }) => [
      { file, label: name },
      ...locales.map((locale) => ({ file, locale, label: `${name}, ${LANGUAGES[locale] ?? locale}` })),
    ]);
  } catch {
    return [];
  }
}

/**
 * A guide for a choice; without one, for the policy in the module.
 *
 * @param {Choice} [choice]
 * @returns {Promise<import("../src/guide.js").Guide>}
 */
export async function guideFor(choice) {
  const { loadGuide } = await import("../src/index.js");
  if (!choice) return loadGuide();
  const response = await fetch(`../policies/${choice.file}`);
  if (!response.ok) throw new Error("the policy could not be fetched");
  return loadGuide({ policy: await response.text(), locale: choice.locale });
}
