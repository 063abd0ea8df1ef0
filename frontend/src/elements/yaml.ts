/** YAML of the configurations of cards. */

/** Return a configuration as YAML: texts, numbers, truths, and lists and objects of them. */
export const asYaml = (value: unknown, indent = ""): string => {
  if (Array.isArray(value))
    return value
      .map((each) => `\n${indent}- ${asYaml(each, `${indent}  `).trimStart()}`)
      .join("");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => {
        const below = typeof each === "object" && each !== null;
        const written = asYaml(each, below ? `${indent}  ` : indent);
        return `\n${indent}${name}:${below ? written : ` ${written}`}`;
      })
      .join("");
  return typeof value === "string" &&
    /^[a-zA-Z](?:[\w .:-]*\w)?$/.test(value) &&
    !value.includes(": ") &&
    !/^(true|false|yes|no|on|off|null)$/i.test(value)
    ? value
    : JSON.stringify(value);
};
