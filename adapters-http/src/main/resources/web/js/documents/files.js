/**
 * What was dropped: {files, folders}. Folders are told apart at once, for what was dropped can be looked at only while
 * the event lasts.
 */
export function filesDropped({ items, files }) {
  const found = { files: [], folders: 0 };
  const fileItems = [...items ?? []].filter(({ kind }) => kind === 'file');
  if (fileItems.length === 0) return { files: [...files ?? []], folders: 0 };
  for (const item of fileItems) {
    const file = item.getAsFile();
    if (item.webkitGetAsEntry?.()?.isDirectory) found.folders += 1;
    else if (file) found.files.push(file);
  }
  return found;
}

/** A kind word about what was dropped and cannot be added; null when all can. */
export function leftOut({ files, folders }) {
  if (folders > 0 && files.length > 0) return 'Folders were left out. Drop the files in them instead.';
  if (folders > 0) return 'A folder cannot be added. Open it, and drop the files in it.';
  return files.length === 0 ? 'That is not a file. Drop a document, such as a PDF.' : null;
}

/** The files on a clipboard, unless they only accompany formatted text, as a picture of copied cells does. */
export function filesPasted({ types, files }) {
  return types.includes('text/html') || types.includes('text/rtf') ? [] : [...files];
}
