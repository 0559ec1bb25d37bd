/** What `aws s3` takes as a path: an object or bucket in S3, or a file of the workspace. */
export type Path =
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'file'; readonly path: string };

/** Reads `s3://bucket/key`; everything else is a file. */
export function readPath(word: string): Path {
  const parts = /^s3:\/\/([^/]*)(?:\/(.*))?$/s.exec(word);
  return parts === null
    ? { kind: 'file', path: word }
    : { kind: 's3', bucket: parts[1] ?? '', key: parts[2] ?? '' };
}

/** The part after the last slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
