/** Data as a file that spreadsheets open. */

export type Cell = string | number | null;

/** Return a table as CSV (RFC 4180). A text that a spreadsheet would take for a formula is kept a text. */
export const asCsv = (columns: string[], rows: Cell[][]): string =>
  [columns, ...rows]
    .map((row) => row.map(quoted).join(","))
    .join("\r\n")
    .concat("\r\n");

const quoted = (cell: Cell): string => {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const plain = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** Hand a file to whoever looks. */
export const download = (name: string, content: Blob): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

/** Hand a table to whoever looks, as a CSV file with a mark by which spreadsheets know its encoding. */
export const downloadCsv = (
  name: string,
  columns: string[],
  rows: Cell[][],
): void =>
  download(
    `${name}.csv`,
    new Blob(["\ufeff", asCsv(columns, rows)], {
      type: "text/csv;charset=utf-8",
    }),
  );
