// Which policies the demo offers: whatever packs were built into www/policies.

/** Each policy once for every language its messages come in. @typedef {{ file: string, locale?: string, label: string }} Choice */

/** @type {Record<string, string>} */
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
    /** @type {{ policies: { file: string, name: string, locales: string[] }[] }} */
    const { policies } = await response.json();
    return policies.flatMap(({ file, name, locales }) => [
      { file, label: name },
      ...locales.map((locale) => ({ file, locale, label: `${name}, ${LANGUAGES[locale] ?? locale}` })),
    ]);
  } catch {
    return [];
  }
}

/** A guide, and the language its messages are in. @typedef {{ guide: import("../src/guide.js").Guide, language: string }} Voice */

/**
 * A guide for a choice; without one, for the policy in the module.
 *
 * @param {Choice} [choice]
 * @returns {Promise<Voice>}
 */
export async function guideFor(choice) {
  const { loadGuide } = await import("../src/index.js");
  if (!choice) return voiced(await loadGuide());
  const response = await fetch(`../policies/${choice.file}`);
  if (!response.ok) throw new Error("the policy could not be fetched");
  return voiced(await loadGuide({ policy: await response.text(), locale: choice.locale }), choice.locale);
}

/** @param {import("../src/guide.js").Guide} guide @param {string} [locale] @returns {Voice} */
const voiced = (guide, locale) => ({ guide, language: locale ?? guide.policy.language });
