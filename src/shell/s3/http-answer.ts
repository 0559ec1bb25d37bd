import type { Answer } from '../../cloud/answer.ts';
import type { Json } from '../../cloud/operation.ts';
import { notSimulatedSentence } from '../aws/request.ts';
import { listOf, member, textOf } from '../json.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';

/** What S3 sends over HTTP in place of what was asked for; our own sentence where nothing was sent. */
export function errorAnswer(answer: Exclude<Answer, { kind: 'done' }>): string {
  switch (answer.kind) {
    case 'unsupported':
      return notSimulatedSentence(answer.refusal);
    case 'not-sent':
      return answer.message;
    default: {
      const { code, message } = answer.error;
      // An answer to HEAD has no body: all there is of it is its status.
      if (/^\d{3}$/.test(code)) return `HTTP/1.1 ${code} ${message}`;
      return `${XML}\n<Error><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error>`;
    }
  }
}

/** The answer to a HEAD of an object, or of a bucket: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export function headersOf(head: Json): string {
  const headers = [
    ['Last-Modified', httpDate(textOf(head, 'LastModified'))],
    ['ETag', textOf(head, 'ETag')],
    ['Content-Type', textOf(head, 'ContentType')],
    ['Content-Length', textOf(head, 'ContentLength')],
    ['x-amz-bucket-region', textOf(head, 'BucketRegion')],
  ].filter(([, value]) => value !== '');
  return ['HTTP/1.1 200 OK', ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
}

function httpDate(iso: string): string {
  return iso === '' ? '' : new Date(iso).toUTCString();
}

/** A list of objects as XML, an entry a line: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listXml(
  bucket: string,
  asked: Readonly<Record<string, string | number>>,
  list: Json,
): string {
  const contents = listOf(list, 'Contents').map((object) => {
    const modified = textOf(object, 'LastModified').replace('+00:00', '.000Z');
    const members = ['ETag', 'Size', 'StorageClass'].map((name) => element(name, textOf(object, name)));
    const first = element('Key', textOf(object, 'Key')) + element('LastModified', modified);
    return `<Contents>${first}${members.join('')}</Contents>`;
  });
  const prefixes = listOf(list, 'CommonPrefixes').map(
    (each) => `<CommonPrefixes>${element('Prefix', textOf(each, 'Prefix'))}</CommonPrefixes>`,
  );
  const head = [
    element('Name', bucket),
    element('Prefix', String(asked.Prefix ?? '')),
    element('MaxKeys', String(asked.MaxKeys ?? 1000)),
    element('IsTruncated', String(member(list, 'IsTruncated') === true)),
  ];
  return [
    XML,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${head.join('')}`,
    ...contents,
    ...prefixes,
    '</ListBucketResult>',
  ].join('\n');
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
